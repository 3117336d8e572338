package dev.hotpatch.systemtests.differential;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of one suite on one JDK.
 *
 * @param testClasses how many classes were asked for tests, and of how many
 * @param patched old jar and patch against the real new jar; absent if that could not be compared
 * @param rolledBack old jar after roll-back against the real old jar; absent if that could not be compared
 * @param problem why not; empty if all was compared
 */
record SuiteResult(
        Suite suite,
        int feature,
        String testClasses,
        Optional<Comparison> patched,
        Optional<Comparison> rolledBack,
        Duration time,
        String problem) {
    boolean isEqual() {
        return problem.isEmpty() && isEqual(patched) && isEqual(rolledBack);
    }

    private static boolean isEqual(Optional<Comparison> comparison) {
        return comparison.isPresent()
                && comparison.get().different().isEmpty()
                && comparison.get().passed() > 0;
    }
}
