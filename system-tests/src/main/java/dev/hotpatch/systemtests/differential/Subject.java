package dev.hotpatch.systemtests.differential;

import dev.hotpatch.systemtests.jvm.JarClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A patch under test, with the tests that judge it.
 *
 * @param from the old version's jar
 * @param to the new version's jar
 * @param testClasses of the new version
 * @param sideBySide whether both sides are run at the same time, which takes a network for each
 * @param known tests that are expected to differ, with the reason
 */
record Subject(
        SuiteRun runs,
        Path from,
        Path to,
        Path liveUnit,
        List<String> testClasses,
        boolean sideBySide,
        Map<KnownDifference.Run, List<KnownDifference>> known) {
    /** Test classes that run between apply and roll-back, so that patched code has been at work. */
    private static final int BEFORE_ROLLBACK = 5;

    Subject {
        testClasses = List.copyOf(testClasses);
        known = Map.copyOf(known);
    }

    /** The old jar with the patch, applied after all its classes were loaded, against the real new jar. */
    Comparison patchedAgainstNew() throws IOException, InterruptedException {
        Set<String> fresh = JarClasses.of(to);
        return compare(to, KnownDifference.Run.PATCHED, jvm -> jvm.load(fresh, to), jvm -> {
            loadOld(jvm);
            jvm.apply(liveUnit);
        });
    }

    /** The old jar after apply, some tests and roll-back, against the real old jar after the same tests, which leave things behind. */
    Comparison rolledBackAgainstOld() throws IOException, InterruptedException {
        return compare(
                from,
                KnownDifference.Run.ROLLED_BACK,
                jvm -> {
                    loadOld(jvm);
                    runBefore(jvm);
                },
                jvm -> {
                    loadOld(jvm);
                    jvm.apply(liveUnit);
                    runBefore(jvm);
                    jvm.rollBack();
                });
    }

    private void runBefore(SuiteJvm jvm) throws IOException, InterruptedException {
        for (String testClass : Sample.of(testClasses, BEFORE_ROLLBACK)) {
            jvm.run(testClass, runs.limit());
        }
    }

    private void loadOld(SuiteJvm jvm) throws IOException, InterruptedException {
        jvm.load(JarClasses.of(from), from);
    }

    private Comparison compare(
            Path realJar, KnownDifference.Run run, SuiteRun.Preparation real, SuiteRun.Preparation changed)
            throws IOException, InterruptedException {
        Side there = new Side(run.word() + ", real jar", realJar, real);
        Side here = new Side(run.word() + ", old jar and patch", from, changed);
        Both first = both(there, here, testClasses);
        Comparison comparison = Comparison.of(first.there(), first.here());
        if (!comparison.different().isEmpty()) {
            Both second = both(there, here, comparison.classes());
            comparison = comparison.without(second.there(), second.here());
        }
        return comparison.knowing(
                known.getOrDefault(run, List.of()), first.there().keySet());
    }

    private record Side(String name, Path jar, SuiteRun.Preparation preparation) {}

    private record Both(Map<String, Outcome> there, Map<String, Outcome> here) {}

    private Both both(Side there, Side here, Collection<String> classes) throws IOException, InterruptedException {
        if (!sideBySide) {
            return new Both(run(there, classes), run(here, classes));
        }
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Map<String, Outcome>> outcomes = other.submit(() -> run(there, classes));
            Map<String, Outcome> found = run(here, classes);
            return new Both(outcomes.get(), found);
        } catch (ExecutionException e) {
            throw new IOException("the other run failed: " + e.getCause(), e);
        } finally {
            // Waits in vain otherwise, where one side fails.
            other.shutdownNow();
            other.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private Map<String, Outcome> run(Side side, Collection<String> classes) throws IOException, InterruptedException {
        return runs.run(side.name(), side.jar(), classes, side.preparation());
    }
}
