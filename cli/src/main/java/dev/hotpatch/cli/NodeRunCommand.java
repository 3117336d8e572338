package dev.hotpatch.cli;

import dev.hotpatch.nodeagent.agent.AgentEvent;
import dev.hotpatch.nodeagent.agent.NodeAgent;
import dev.hotpatch.nodeagent.agent.NodeTargets;
import dev.hotpatch.nodeagent.attach.AttachClient;
import dev.hotpatch.nodeagent.attach.AttachTimeouts;
import dev.hotpatch.nodeagent.control.AgentCommands;
import dev.hotpatch.nodeagent.control.ControlClient;
import dev.hotpatch.nodeagent.control.ControlServer;
import dev.hotpatch.nodeagent.cri.ContainerRuntime;
import dev.hotpatch.nodeagent.cri.CriClient;
import dev.hotpatch.nodeagent.cri.NodeImages;
import dev.hotpatch.nodeagent.hook.HookAccess;
import dev.hotpatch.nodeagent.hook.HookJar;
import dev.hotpatch.nodeagent.journal.FaultPoint;
import dev.hotpatch.nodeagent.journal.StateDirectory;
import dev.hotpatch.nodeagent.metrics.Metrics;
import dev.hotpatch.nodeagent.metrics.MetricsServer;
import dev.hotpatch.nodeagent.mirror.MirrorSettings;
import dev.hotpatch.nodeagent.mirror.Patches;
import dev.hotpatch.nodeagent.proc.ProcFs;
import dev.hotpatch.nodeagent.source.RegistryPatchSource;
import dev.hotpatch.nodeagent.source.Rehearsal;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.registryclient.reference.ImageReference;
import dev.hotpatch.registryclient.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hotpatch node run}. */
@Command(
        name = "run",
        description = {
            "Watch this node and keep its JVMs patched, until ended. Runs as root in the host's pid name space.",
            "A file named stop in the state directory stops all that is done to JVMs."
        })
final class NodeRunCommand extends Verb {
    private static final int NO_MIRROR = -1;
    private static final Duration COMMAND_PATIENCE = Duration.ofSeconds(60);
    private static final Duration HOOK_PATIENCE = Duration.ofSeconds(20);

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = NodeCommand.STATE_DIRECTORY,
            description = "Where the agent keeps its journal; default: ${DEFAULT-VALUE}.")
    private Path state = Path.of(NodeCommand.STATE_DIRECTORY);

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "Between two looks at the node and the registry; default: ${DEFAULT-VALUE}.")
    private int interval = 15;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "9464",
            description = "GET /metrics and /healthz on loopback; 0 for any free port; default: ${DEFAULT-VALUE}.")
    private int metricsPort = 9464;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many JVMs are patched at once; default: ${DEFAULT-VALUE}.")
    private int parallel = 4;

    @Option(
            names = "--library",
            paramLabel = "PATCH",
            split = ",",
            description =
                    "A library patch (REPO:TAG or REPO@DIGEST) for every JVM of this node that no image's patch concerns.")
    private List<String> libraries = List.of();

    @Option(
            names = "--mirror-port",
            paramLabel = "PORT",
            description = "Give containerd the layers of target images on this port of loopback; usually "
                    + MirrorFlags.USUAL_PORT + ", 0 for any free port; default: no mirror. See 'node hosts-toml'.")
    private int mirrorPort = NO_MIRROR;

    @Option(
            names = "--prefetch",
            description = "Have containerd pull the target image of a patch as soon as its base runs here.")
    private boolean prefetching;

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
        if (interval < 1 || interval > 86_400) {
            throw new VerbException(
                    ExitCode.USAGE, "usage", "--interval: expected 1..86400 seconds, found " + interval);
        }
        ProcFs proc = ProcFs.system();
        Metrics metrics = new Metrics();
        HookAccess access =
                HookAccess.byAttach(new AttachClient(proc, AttachTimeouts.DEFAULT), HookJar.embedded(), HOOK_PATIENCE);
        Optional<CriClient> runtime = runtimeFlags.open();
        if (runtime.isEmpty() && (prefetching || mirrorPort != NO_MIRROR)) {
            throw new VerbException(
                    ExitCode.USAGE, "usage", "--mirror-port and --prefetch are for a container runtime; see --cri");
        }
        try (Registry registry = registryFlags.open(terminal());
                StateDirectory directory =
                        StateDirectory.open(state, Clock.systemUTC(), FaultPoint.fromSystemProperty());
                ImagesAhead ahead = ahead(registry, runtime, directory, metrics);
                NodeAgent agent = new NodeAgent(
                        new NodeTargets(proc, runtime.map(ContainerRuntime.class::cast)),
                        ahead.source(),
                        access,
                        directory,
                        metrics,
                        this::log,
                        Clock.systemUTC(),
                        parallel);
                MetricsServer web = MetricsServer.start(metricsPort, metrics, agent::trouble);
                ControlServer control = ControlServer.start(
                        state.resolve(ControlClient.SOCKET), new AgentCommands(agent, COMMAND_PATIENCE))) {
            endWithProcess(agent, control);
            rehearse();
            terminal()
                    .log("node-agent ready: state " + state + ", metrics http://127.0.0.1:" + web.port() + "/metrics, "
                            + runtimeFlags
                                    .socket()
                                    .map(socket -> "containers through " + socket)
                                    .orElse("JVMs through /proc")
                            + ahead.mirror()
                                    .map(mirror -> ", mirror " + mirror.address())
                                    .orElse(""));
            agent.run(Duration.ofSeconds(interval));
        } finally {
            runtime.ifPresent(CriClient::close);
        }
        return ExitCode.OK;
    }

    private ImagesAhead ahead(Registry registry, Optional<CriClient> runtime, StateDirectory directory, Metrics metrics)
            throws IOException, VerbException {
        RegistryPatchSource source =
                new RegistryPatchSource(registry, trust.verifier(), Platform.host(), libraryPatches());
        Patches patches = new Patches(source::findAll, source::store, trust.verifier());
        Optional<MirrorSettings> settings = mirrorPort == NO_MIRROR
                ? Optional.empty()
                : Optional.of(mirrorFlags.settings(mirrorPort, directory.path()));
        return ImagesAhead.start(
                source, patches, runtime.map(NodeImages.class::cast), settings, prefetching, metrics, terminal()::log);
    }

    private List<ImageReference> libraryPatches() throws VerbException {
        List<ImageReference> references = new ArrayList<>();
        for (String library : libraries) {
            references.add(PatchLocation.reference(library));
        }
        return references;
    }

    /** What fails here fails with every patch, but the JVMs that run must be shown and rolled back all the same. */
    private void rehearse() throws InterruptedException {
        try {
            Rehearsal.verify();
            Rehearsal.attach();
        } catch (IOException | VerificationException e) {
            terminal().log("warning: the rehearsal of a patch in this JVM itself failed: " + e.getMessage());
        }
    }

    private static void endWithProcess(NodeAgent agent, ControlServer control) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            agent.close();
                            try {
                                control.close();
                            } catch (IOException e) {
                                // The process is ending; a socket that is left is replaced by the next agent.
                            }
                        },
                        "hotpatch-shutdown"));
    }

    private void log(AgentEvent event) {
        terminal()
                .log(String.format(
                        Locale.ROOT,
                        "%s %s: %s %s%s (%.1f ms)",
                        event.where(),
                        event.patch(),
                        event.state(),
                        event.code(),
                        event.detail().isEmpty() ? "" : ": " + event.detail(),
                        event.micros() / 1000.0));
    }
}
