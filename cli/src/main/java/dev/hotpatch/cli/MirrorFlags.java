package dev.hotpatch.cli;

import dev.hotpatch.nodeagent.mirror.MirrorSettings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How the mirror finds and keeps layers. */
final class MirrorFlags {
    /** No registered service has it. */
    static final int USUAL_PORT = 5055;

    private static final int MAX_MIB = 1 << 20;

    @Option(
            names = "--containerd-root",
            paramLabel = "DIR",
            defaultValue = "/var/lib/containerd",
            description = "Where containerd keeps its content, for the mirror; default: ${DEFAULT-VALUE}.")
    private Path root = Path.of("/var/lib/containerd");

    @Option(
            names = "--mirror-space",
            paramLabel = "MIB",
            defaultValue = "8192",
            description =
                    "How much the mirror may keep on the disk, with what it needs to rebuild; default: ${DEFAULT-VALUE}.")
    private int space = 8192;

    /** Keeps its layers in the state directory. */
    MirrorSettings settings(int port, Path state) throws VerbException {
        if (space < 1 || space > MAX_MIB) {
            throw new VerbException(
                    ExitCode.USAGE, "usage", "--mirror-space: expected 1.." + MAX_MIB + " MiB, found " + space);
        }
        return MirrorSettings.of(port, state.resolve("layers"), root, (long) space << 20);
    }
}
