package dev.hotpatch.systemtests.programs;

import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.programs.generate.SeededPair;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/** Generated pairs on one JDK, and what became of them. For one thread; closing it ends the JVM. */
final class JdkRun implements AutoCloseable {
    /** How a class can be loaded late, see {@link ProgramHost#run}; each seed has one. */
    private static final int FORMS = 3;

    private final Jdk jdk;
    private final Trial trial;
    private final Failures failures;
    private final Tally tally = new Tally();
    private Duration took = Duration.ZERO;

    private JdkRun(Jdk jdk, Trial trial, Failures failures) {
        this.jdk = jdk;
        this.trial = trial;
        this.failures = failures;
    }

    static JdkRun open(Jdk jdk, Path hook, Failures failures) throws IOException {
        return new JdkRun(jdk, Trial.open(jdk, hook), failures);
    }

    /** Runs a pair and judges it. */
    void run(Preparation.Prepared prepared) throws IOException {
        long start = System.nanoTime();
        SeededPair seed = prepared.seed();
        Finding known = prepared.finding();
        Finding finding = known != null
                ? known
                : trial.of(Objects.requireNonNull(prepared.pair()), (int) (seed.seed() % FORMS), false);
        judge(seed, finding);
        SeededPair rest = Tally.wronglyBlocked(seed.rows(), finding).isEmpty() ? seed.without(finding.codes()) : seed;
        if (finding.kind() == Finding.Kind.BLOCKED && !rest.rows().isEmpty() && !rest.equals(seed)) {
            // What blocks may do so; the other changes must not.
            judge(rest, trial.of(rest.pair()));
        }
        took = took.plusNanos(System.nanoTime() - start);
    }

    private void judge(SeededPair seed, Finding finding) throws IOException {
        failures.show(seed, finding);
        if (tally.enter(seed.rows(), finding)) {
            failures.report(jdk, trial, seed, finding);
        }
    }

    boolean isGood() {
        return failures.count() == 0;
    }

    /** A table of rows, and the figures of all. */
    String summary(String what) {
        return String.format(
                Locale.ROOT,
                "%s, %s%n%s%d failed; %d s in its JVM, %s%n",
                jdk,
                what,
                tally,
                failures.count(),
                took.toSeconds(),
                jdk.home());
    }

    @Override
    public void close() throws IOException {
        trial.close();
    }
}
