package dev.hotpatch.systemtests.corpus;

import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.Reason;
import dev.hotpatch.patchformat.plan.Warning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What became of one release.
 *
 * @param plan absent if none could be made
 * @param buildTime for planning, compiling and writing
 * @param bytes size of the live unit; 0 if there is none
 * @param missing coordinates that the POMs name and the repository has not
 * @param jvms one for each JDK, if the plan is live
 * @param problem why it could not be tried; empty if it was
 */
record ReleaseResult(
        Release release,
        Optional<PatchPlan> plan,
        Duration buildTime,
        long bytes,
        List<String> missing,
        List<JvmResult> jvms,
        String problem) {
    ReleaseResult {
        missing = List.copyOf(missing);
        jvms = List.copyOf(jvms);
    }

    /** Nothing is blocked, and every JVM has taken it. */
    boolean isFullyLive() {
        return promisesLive() && !jvms.isEmpty() && jvms.stream().allMatch(JvmResult::isGood) && problem.isEmpty();
    }

    /** The tool itself failed, or the plan promised what a JVM did not keep. */
    boolean isWrong() {
        return !problem.isEmpty() || (promisesLive() && !isFullyLive());
    }

    private boolean promisesLive() {
        return plan.isPresent() && plan.get().blocked().isEmpty();
    }

    int count(Decision decision) {
        return plan.map(made -> made.count(decision)).orElse(0);
    }

    /** How many lifted classes have a reason of each code. */
    Map<String, Integer> lifts() {
        return codes(plan.stream()
                .flatMap(PatchPlan::classes)
                .filter(change -> change.decision() == Decision.LIFT)
                .map(ClassChange::reasons)
                .flatMap(reasons -> reasons.stream().map(Reason::code).distinct()));
    }

    Map<String, Integer> blocks() {
        return codes(plan.stream()
                .flatMap(made -> made.blocked().stream())
                .map(PatchPlan.Blocked::reason)
                .map(Reason::code));
    }

    Map<String, Integer> warnings() {
        return codes(plan.stream()
                .flatMap(made -> made.warnings().stream())
                .map(Warning::reason)
                .map(Reason::code));
    }

    private static Map<String, Integer> codes(Stream<String> codes) {
        Map<String, Integer> counts = new TreeMap<>();
        codes.forEach(code -> counts.merge(code, 1, Integer::sum));
        return counts;
    }
}
