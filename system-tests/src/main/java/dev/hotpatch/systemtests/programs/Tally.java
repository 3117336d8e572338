package dev.hotpatch.systemtests.programs;

import dev.hotpatch.systemtests.programs.generate.Row;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what became of generated pairs, row by row. A pair with several changes counts in each of their rows. For one thread. */
final class Tally {
    private static final class Line {
        private int generated;
        private int live;
        private int equal;
        private int different;
        private final Map<String, Integer> blocked = new TreeMap<>();
    }

    private final Map<Row, Line> lines = new EnumMap<>(Row.class);
    private final Map<Finding.Kind, Integer> kinds = new EnumMap<>(Finding.Kind.class);
    private final Map<String, Integer> wrongly = new TreeMap<>();
    private int pairs;

    /** Enters a pair; returns whether it is a failure. */
    boolean enter(List<Row> rows, Finding finding) {
        pairs++;
        kinds.merge(finding.kind(), 1, Integer::sum);
        for (Row row : rows.isEmpty() ? EnumSet.noneOf(Row.class) : EnumSet.copyOf(rows)) {
            Line line = lines.computeIfAbsent(row, any -> new Line());
            line.generated++;
            switch (finding.kind()) {
                case EQUAL -> {
                    line.live++;
                    line.equal++;
                }
                case DIFFERENT, REFUSED, CRASHED -> {
                    line.live++;
                    line.different++;
                }
                case BLOCKED -> finding.codes().forEach(code -> line.blocked.merge(code, 1, Integer::sum));
                default -> {}
            }
        }
        List<String> wrong = wronglyBlocked(rows, finding);
        wrong.forEach(code -> wrongly.merge(code, 1, Integer::sum));
        return finding.isFailure() || !wrong.isEmpty();
    }

    int pairs() {
        return pairs;
    }

    /** The codes for which no row of the pair may be blocked. */
    static List<String> wronglyBlocked(List<Row> rows, Finding finding) {
        return finding.kind() != Finding.Kind.BLOCKED
                ? List.of()
                : finding.codes().stream()
                        .filter(code -> rows.stream()
                                .noneMatch(row -> row.mayBeBlockedBy().contains(code)))
                        .toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "%-30s %9s %6s %6s %9s  %s%n", "row", "generated", "live", "equal", "different", "blocked"));
        lines.forEach((row, line) -> text.append(String.format(
                "%-30s %9d %6d %6d %9d  %s%n",
                row, line.generated, line.live, line.equal, line.different, line.blocked)));
        text.append(pairs).append(" pairs: ").append(kinds).append('\n');
        if (!wrongly.isEmpty()) {
            text.append("blocked for reasons that none of their rows may be blocked for: ")
                    .append(wrongly)
                    .append('\n');
        }
        return text.toString();
    }
}
