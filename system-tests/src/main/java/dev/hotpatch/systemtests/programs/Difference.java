package dev.hotpatch.systemtests.programs;

import java.util.List;

/** Shows where two traces part. */
final class Difference {
    private static final int AROUND = 3;

    private Difference() {}

    /** The first lines that differ, with some before and after. */
    static String of(String expected, String found) {
        List<String> left = expected.lines().toList();
        List<String> right = found.lines().toList();
        int first = 0;
        while (first < left.size() && first < right.size() && left.get(first).equals(right.get(first))) {
            first++;
        }
        return "  line " + (first + 1) + "\n" + part("expected", left, first) + part("found   ", right, first);
    }

    private static String part(String title, List<String> lines, int from) {
        StringBuilder text = new StringBuilder();
        for (int i = Math.max(0, from - AROUND); i < Math.min(lines.size(), from + AROUND); i++) {
            text.append("  ")
                    .append(title)
                    .append(i == from ? " > " : "   ")
                    .append(lines.get(i))
                    .append('\n');
        }
        return from >= lines.size() ? text + "  " + title + " > (end)\n" : text.toString();
    }
}
