package dev.hotpatch.benchmarks;

import dev.hotpatch.nodeagent.attach.AttachClient;
import dev.hotpatch.nodeagent.attach.AttachTimeouts;
import dev.hotpatch.nodeagent.hook.HookAccess;
import dev.hotpatch.nodeagent.hook.HookJar;
import dev.hotpatch.nodeagent.hook.HookSession;
import dev.hotpatch.nodeagent.hook.HookState;
import dev.hotpatch.nodeagent.proc.JvmProcess;
import dev.hotpatch.nodeagent.proc.ProcFs;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How long it takes to put a patch into a JVM that works, and how long that JVM's work stands still for it. */
final class ApplyBenchmark {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long UNDISTURBED_MILLIS = 500;

    private final ProcFs proc = ProcFs.system();
    private final Releases releases;
    private final Path hookJar;
    private final List<Path> javaHomes;
    private final int runs;

    ApplyBenchmark(Releases releases, Path hookJar, List<Path> javaHomes, int runs) {
        this.releases = releases;
        this.hookJar = hookJar;
        this.javaHomes = javaHomes;
        this.runs = runs;
    }

    /** What is measured in one kind of JVM. */
    private static final class Figures {
        final Samples preflight = new Samples();
        final Samples apply = new Samples();
        final Samples wall = new Samples();
        final Samples pause = new Samples();
        final Samples undisturbed = new Samples();
    }

    void run(PrintStream out, Path temporary) throws IOException, InterruptedException {
        Table table = new Table(
                out,
                "Apply in a busy JVM: guava " + GuavaPatch.BASE + " → " + GuavaPatch.TARGET + ", medians of " + runs
                        + " fresh JVMs, ms",
                List.of(
                        "JDK",
                        "hook",
                        "classes",
                        "pre-flight",
                        "apply",
                        "node-agent's whole work",
                        "longest pause (min – max)",
                        "undisturbed"));
        HookAccess access =
                HookAccess.byAttach(new AttachClient(proc, AttachTimeouts.DEFAULT), HookJar.embedded(), PATIENCE);
        try (GuavaPatch patch = GuavaPatch.plan(releases, temporary)) {
            for (Path javaHome : javaHomes) {
                for (boolean preload : new boolean[] {true, false}) {
                    for (int count : new int[] {1, 10, 100}) {
                        row(table, access, patch, javaHome, preload, count);
                    }
                }
            }
        }
    }

    private void row(Table table, HookAccess access, GuavaPatch patch, Path javaHome, boolean preload, int count)
            throws IOException, InterruptedException {
        Figures figures = new Figures();
        byte[] unit = patch.liveUnit(count);
        String classPath = Path.of("benchmarks/target/classes") + ":" + releases.guava(GuavaPatch.BASE);
        List<String> options = preload ? List.of("-javaagent:" + hookJar) : List.of();
        for (int run = 0; run < runs; run++) {
            try (TargetJvm jvm = TargetJvm.start(javaHome, options, classPath, patch.names(count))) {
                measure(access, jvm, unit, count, figures);
            }
        }
        table.row(List.of(
                javaHome.getFileName().toString(),
                preload ? "preloaded" : "late",
                Integer.toString(count),
                figures.preflight.millis(),
                figures.apply.millis(),
                figures.wall.millis(),
                figures.pause.spread(),
                figures.undisturbed.millis()));
    }

    private void measure(HookAccess access, TargetJvm jvm, byte[] unit, int count, Figures figures)
            throws IOException, InterruptedException {
        jvm.mark();
        Thread.sleep(UNDISTURBED_MILLIS);
        figures.undisturbed.add(jvm.longestPause());
        JvmProcess process = jvm.inspected(proc);
        jvm.mark();
        long begin = System.nanoTime();
        HookState state;
        try (HookSession session = access.open(process)) {
            session.stageHook();
            String path = session.stageLiveUnit(unit);
            session.startListener();
            state = session.apply(path, Digest.of(unit));
            session.unstage(path);
        }
        figures.wall.add((System.nanoTime() - begin) / 1000);
        figures.pause.add(jvm.longestPause());
        if (state.phase() != HookState.Phase.DONE || state.loaded() != count) {
            throw new IOException("expected " + count + " classes patched, the hook says: " + state);
        }
        figures.preflight.add(state.preflightMicros());
        figures.apply.add(state.applyMicros());
    }
}
