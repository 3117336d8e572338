package dev.hotpatch.systemtests.programs;

/** Indents source by its braces. */
final class Layout {
    private Layout() {}

    static String indent(String source) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (String line : source.lines().map(String::strip).toList()) {
            int at = depth - (line.startsWith("}") ? 1 : 0);
            text.append("    ".repeat(Math.max(0, at))).append(line).append('\n');
            depth += balance(line);
        }
        return text.toString();
    }

    /** Braces that a line opens less those that it closes; braces in strings count, too, which generated programs have none of. */
    static int balance(String line) {
        return line.chars().map(c -> c == '{' ? 1 : c == '}' ? -1 : 0).sum();
    }
}
