package dev.hotpatch.systemtests.differential;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Results for people. */
final class Report {
    /** Differences that are named for one comparison; a patch that breaks everything would fill the screen. */
    private static final int NAMED = 200;

    private Report() {}

    static String text(SuiteResult result) {
        StringBuilder text = new StringBuilder();
        text.append(result.suite()).append(", JDK ").append(result.feature());
        text.append(result.isEqual() ? ": EQUAL" : result.problem().isEmpty() ? ": DIFFERENT" : ": NOT COMPARED");
        text.append(String.format(
                " (%s test classes, %,d s)", result.testClasses(), result.time().toSeconds()));
        if (!result.problem().isEmpty()) {
            text.append("\n    ").append(result.problem());
        }
        add(text, "old jar and patch against the real new jar", result.patched());
        add(text, "old jar after roll-back against the real old jar", result.rolledBack());
        return text.toString();
    }

    private static void add(StringBuilder text, String title, Optional<Comparison> comparison) {
        if (comparison.isEmpty()) {
            return;
        }
        Comparison found = comparison.get();
        text.append(String.format(
                "%n    %s: %,d tests, %,d equal (%,d pass, %,d end otherwise), %,d different, %,d known, %,d flaky, %,d not reached",
                title,
                found.tests(),
                found.equal(),
                found.passed(),
                found.equal() - found.passed(),
                found.different().size(),
                found.known().size(),
                found.flaky().size(),
                found.unreached().size()));
        Map<String, Comparison.Difference> sorted = new TreeMap<>(found.different());
        sorted.entrySet().stream()
                .limit(NAMED)
                .forEach(entry -> text.append("\n      different: ")
                        .append(entry.getKey())
                        .append(": ")
                        .append(entry.getValue().describe()));
        if (sorted.size() > NAMED) {
            text.append("\n      … and ").append(sorted.size() - NAMED).append(" more");
        }
        new TreeMap<>(found.known())
                .forEach((id, reason) ->
                        text.append("\n      known: ").append(id).append(": ").append(reason));
        found.stale()
                .forEach(id -> text.append("\n      no longer differs, remove it from known.txt: ")
                        .append(id));
        found.flaky().forEach(id -> text.append("\n      flaky: ").append(id));
        found.unreached().forEach(id -> text.append("\n      not reached: ").append(id));
    }

    static String total(List<SuiteResult> results) {
        long equal = results.stream().filter(SuiteResult::isEqual).count();
        int tests = results.stream()
                .flatMap(result -> result.patched().stream())
                .mapToInt(Comparison::tests)
                .sum();
        int different = results.stream()
                .flatMap(result -> result.patched().stream())
                .mapToInt(comparison -> comparison.different().size())
                .sum();
        int known = results.stream()
                .flatMap(result -> result.patched().stream())
                .mapToInt(comparison -> comparison.known().size())
                .sum();
        return String.format(
                "%d of %d suites are equal; %,d tests with the patch, of which %,d differ, and %,d more for a known reason",
                equal, results.size(), tests, different, known);
    }
}
