package dev.hotpatch.benchmarks;

import com.sun.tools.attach.VirtualMachine;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The measured class as it runs in this JVM: the new version itself, or the old one that has run and was then patched by the hook. JMH makes
 * and calls this, in JVMs that {@link LiftBenchmark} starts with the properties that are read here.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LiftedCode {
    static final String JAR = "hotpatch.bench.jar";
    static final String HOOK = "hotpatch.bench.hook";
    /** File and SHA-256 of the live unit; neither is set where nothing is to be patched. */
    static final String UNIT = "hotpatch.bench.unit";

    static final String UNIT_SHA256 = "hotpatch.bench.unit.sha256";
    private static final long PATIENCE_SECONDS = 30;

    @SuppressWarnings("NullAway.Init") // JMH calls load() first.
    private Subject subject;

    private int x;

    /** Loads the class and, where that is asked for, patches it. */
    @Setup
    public void load() throws Exception {
        // Never closed: the class is used until the JVM ends.
        URLClassLoader loader = new URLClassLoader(
                new URL[] {Path.of(System.getProperty(JAR)).toUri().toURL()}, LiftedCode.class.getClassLoader());
        Class<?> type = loader.loadClass(LiftSources.NAME);
        if (System.getProperty(UNIT) != null) {
            Subject early = (Subject) type.getConstructor().newInstance();
            for (int i = 0; i < 20_000; i++) {
                x += early.addedStatic(i) + early.addedField(i);
            }
            patch();
        }
        subject = (Subject) type.getConstructor().newInstance();
        if (subject.inlinedConstant(1) != 3) {
            throw new IllegalStateException("this is not the new version's code");
        }
    }

    private static void patch() throws Exception {
        VirtualMachine self =
                VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
        try {
            self.loadAgent(
                    System.getProperty(HOOK),
                    "v=1;id=bench;cmd=apply;zip=" + System.getProperty(UNIT) + ";sha256="
                            + System.getProperty(UNIT_SHA256));
        } finally {
            self.detach();
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String state = "";
        while (System.nanoTime() < end) {
            state = System.getProperty("dev.hotpatch.state", "");
            if (state.contains(";request=bench;") && !state.contains(";phase=running;")) {
                break;
            }
            Thread.onSpinWait();
        }
        if (!state.contains(";phase=done;") || !state.contains(";code=ok;")) {
            throw new IllegalStateException("the hook did not apply " + Files.size(Path.of(System.getProperty(UNIT)))
                    + " bytes of live unit: " + state);
        }
    }

    @Benchmark
    public int addedStatic() {
        return subject.addedStatic(x++);
    }

    @Benchmark
    public int addedPrivate() {
        return subject.addedPrivate(x++);
    }

    @Benchmark
    public int addedVirtual() {
        return subject.addedVirtual(x++);
    }

    @Benchmark
    public int constantObject() {
        return subject.constantObject(x++);
    }

    @Benchmark
    public int inlinedConstant() {
        return subject.inlinedConstant(x++);
    }

    @Benchmark
    public int addedField() {
        return subject.addedField(x++);
    }
}
