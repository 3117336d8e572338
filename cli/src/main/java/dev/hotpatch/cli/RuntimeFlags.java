package dev.hotpatch.cli;

import dev.hotpatch.nodeagent.cri.CriClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the container runtime is reached. */
final class RuntimeFlags {
    private static final String DEFAULT = "/run/containerd/containerd.sock";
    private static final String NONE = "none";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Option(
            names = "--cri",
            paramLabel = "SOCKET",
            description = "The container runtime; default: " + DEFAULT + " if it is there. '" + NONE
                    + "' looks at /proc only.")
    private String cri = "";

    /** The socket; empty if there is no runtime to ask. */
    Optional<Path> socket() {
        if (cri.isEmpty()) {
            return Optional.of(Path.of(DEFAULT)).filter(Files::exists);
        }
        return cri.equals(NONE) ? Optional.empty() : Optional.of(Path.of(cri));
    }

    /** The caller closes it. Empty if there is no runtime to ask. */
    Optional<CriClient> open() {
        return socket().map(path -> new CriClient(path, PATIENCE));
    }

    /** As {@link #open}, where nothing can be done without a runtime. */
    CriClient require() throws VerbException {
        return open().orElseThrow(() -> new VerbException(
                ExitCode.USAGE, "usage", "--cri: no container runtime at " + DEFAULT + "; say where its socket is"));
    }
}
