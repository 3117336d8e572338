package dev.hotpatch.cli;

import dev.hotpatch.nodeagent.cri.CriClient;
import dev.hotpatch.nodeagent.journal.FaultPoint;
import dev.hotpatch.nodeagent.journal.StateDirectory;
import dev.hotpatch.nodeagent.metrics.Metrics;
import dev.hotpatch.nodeagent.metrics.MetricsServer;
import dev.hotpatch.nodeagent.mirror.Mirror;
import dev.hotpatch.nodeagent.mirror.Patches;
import dev.hotpatch.nodeagent.source.RegistryPatchSource;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.registryclient.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hotpatch mirror}. */
@Command(
        name = "mirror",
        description = {
            "Give the node's containerd the layers of target images, rebuilt from those of the base image, until ended.",
            "As 'node run --mirror-port', without patching any JVM."
        })
final class MirrorCommand extends Verb {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + MirrorFlags.USUAL_PORT,
            description = "On loopback; 0 for any free port; default: ${DEFAULT-VALUE}.")
    private int port = MirrorFlags.USUAL_PORT;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = NodeCommand.STATE_DIRECTORY,
            description = "Where layers are kept; not that of a node-agent which runs; default: ${DEFAULT-VALUE}.")
    private Path state = Path.of(NodeCommand.STATE_DIRECTORY);

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "9465",
            description = "GET /metrics on loopback; 0 for any free port; default: ${DEFAULT-VALUE}.")
    private int metricsPort = 9465;

    @Mixin
    private MirrorFlags mirrorFlags = new MirrorFlags();

    @Mixin
    private RuntimeFlags runtimeFlags = new RuntimeFlags();

    @Mixin
    private TrustFlags trust = new TrustFlags();

    @Mixin
    private RegistryFlags registryFlags = new RegistryFlags();

    @Override
    public Integer call() throws IOException, VerbException, InterruptedException {
        Metrics metrics = new Metrics();
        try (CriClient runtime = runtimeFlags.require();
                Registry registry = registryFlags.open(terminal());
                StateDirectory directory =
                        StateDirectory.open(state, Clock.systemUTC(), FaultPoint.fromSystemProperty())) {
            RegistryPatchSource source =
                    new RegistryPatchSource(registry, trust.verifier(), Platform.host(), List.of());
            try (Mirror mirror = Mirror.start(
                            mirrorFlags.settings(port, directory.path()),
                            new Patches(source::findAll, source::store, trust.verifier()),
                            runtime,
                            metrics,
                            terminal()::log,
                            Clock.systemUTC());
                    MetricsServer web = MetricsServer.start(metricsPort, metrics, Optional::empty)) {
                terminal()
                        .log("mirror ready: " + mirror.address() + ", metrics http://127.0.0.1:" + web.port()
                                + "/metrics");
                new CountDownLatch(1).await();
            }
        }
        return ExitCode.OK;
    }
}
