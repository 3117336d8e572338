package dev.hotpatch.cli;

import dev.hotpatch.nodeagent.mirror.HostsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hotpatch node hosts-toml}. */
@Command(
        name = "hosts-toml",
        description = {
            "Let containerd ask the mirror of this node first for what it pulls from these registries.",
            "A hosts.toml that somebody else wrote is left as it is, and what to add to it is printed; exit code 1."
        })
final class HostsTomlCommand extends Verb {
    @Parameters(arity = "1..*", paramLabel = "REGISTRY", description = "HOST or HOST:PORT, as in names of images.")
    private List<String> registries = List.of();

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:" + MirrorFlags.USUAL_PORT,
            description = "Address of the mirror; default: ${DEFAULT-VALUE}.")
    private String mirror = "http://127.0.0.1:" + MirrorFlags.USUAL_PORT;

    @Option(
            names = "--certs",
            paramLabel = "DIR",
            defaultValue = "/etc/containerd/certs.d",
            description = "containerd's config_path; default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("/etc/containerd/certs.d");

    @Option(
            names = "--plain-http",
            description = "These registries speak plain HTTP; containerd assumes HTTPS unless it is told.")
    private boolean plainHttp;

    @Override
    public Integer call() throws IOException, VerbException {
        List<Map<String, Object>> results = new ArrayList<>();
        boolean refused = false;
        for (String registry : registries) {
            HostsFile file = file(registry);
            HostsFile.Outcome outcome = file.write();
            refused |= outcome == HostsFile.Outcome.REFUSED;
            results.add(Map.of(
                    "file", file.path().toString(), "outcome", outcome.name().toLowerCase(java.util.Locale.ROOT)));
            if (!json) {
                say(file, outcome);
            }
        }
        if (json) {
            terminal().json("HostsToml", Map.of("files", results));
        }
        return refused ? ExitCode.ERROR : ExitCode.OK;
    }

    private HostsFile file(String registry) throws VerbException {
        try {
            return new HostsFile(folder, registry, mirror, plainHttp);
        } catch (IllegalArgumentException e) {
            throw new VerbException(ExitCode.USAGE, "usage", String.valueOf(e.getMessage()));
        }
    }

    private void say(HostsFile file, HostsFile.Outcome outcome) {
        switch (outcome) {
            case WRITTEN -> terminal().result("written: " + file.path());
            case UNCHANGED -> terminal().result("as it should be: " + file.path());
            case REFUSED ->
                terminal()
                        .result("not changed, since it was not written by hotpatch: " + file.path()
                                + "\nAdd this before its other hosts:\n"
                                + file.entry().stripTrailing());
        }
    }
}
