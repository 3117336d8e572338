package dev.hotpatch.systemtests.differential;

import dev.hotpatch.systemtests.jvm.JarClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A patch under test, with the tests that judge it.
 *
 * @param from the old version's jar
 * @param to the new version's jar
 * @param testClasses of the new version
 * @param known tests that are expected to differ, with the reason
 */
record Subject(
        SuiteRun runs,
        Path from,
        Path to,
        Path liveUnit,
        List<String> testClasses,
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

    /** The old jar after apply, some tests and roll-back, against the real old jar. */
    Comparison rolledBackAgainstOld() throws IOException, InterruptedException {
        return compare(from, KnownDifference.Run.ROLLED_BACK, this::loadOld, jvm -> {
            loadOld(jvm);
            jvm.apply(liveUnit);
            for (String testClass : Sample.of(testClasses, BEFORE_ROLLBACK)) {
                jvm.run(testClass, runs.limit());
            }
            jvm.rollBack();
        });
    }

    private void loadOld(SuiteJvm jvm) throws IOException, InterruptedException {
        jvm.load(JarClasses.of(from), from);
    }

    private Comparison compare(
            Path realJar, KnownDifference.Run run, SuiteRun.Preparation real, SuiteRun.Preparation changed)
            throws IOException, InterruptedException {
        Map<String, Outcome> expected = runs.run(realJar, testClasses, real);
        Map<String, Outcome> found = runs.run(from, testClasses, changed);
        Comparison comparison = Comparison.of(expected, found);
        if (!comparison.different().isEmpty()) {
            comparison = comparison.without(
                    runs.run(realJar, comparison.classes(), real), runs.run(from, comparison.classes(), changed));
        }
        return comparison.knowing(known.getOrDefault(run, List.of()), expected.keySet());
    }
}
