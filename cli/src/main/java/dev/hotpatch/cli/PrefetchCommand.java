package dev.hotpatch.cli;

import dev.hotpatch.nodeagent.cri.CriClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hotpatch node prefetch}. */
@Command(
        name = "prefetch",
        description = {
            "Have this node's container runtime pull an image now, ahead of a restart; through the mirror, if there is one.",
            "The runtime uses its own credentials."
        })
final class PrefetchCommand extends Verb {
    @Parameters(paramLabel = "IMAGE", description = "REPO:TAG or REPO@DIGEST.")
    private String image = "";

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "1800",
            description = "How long it may take; default: ${DEFAULT-VALUE}.")
    private int seconds = 1800;

    @Mixin
    private RuntimeFlags runtimeFlags = new RuntimeFlags();

    @Override
    public Integer call() throws IOException, VerbException {
        if (seconds < 1 || seconds > 86_400) {
            throw new VerbException(ExitCode.USAGE, "usage", "--timeout: expected 1..86400 seconds, found " + seconds);
        }
        try (CriClient runtime = runtimeFlags.require()) {
            String id = runtime.pull(image, Duration.ofSeconds(seconds));
            if (json) {
                terminal().json("Prefetch", Map.of("image", image, "id", id));
            } else {
                terminal().result(image + " is on this node: " + id);
            }
        }
        return ExitCode.OK;
    }
}
