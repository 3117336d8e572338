package dev.hotpatch.benchmarks;

import java.io.PrintStream;
import java.util.Collections;
import java.util.List;

/** A table in Markdown, written row by row as the figures come. */
final class Table {
    private final PrintStream out;

    Table(PrintStream out, String title, List<String> columns) {
        this.out = out;
        out.println();
        out.println("### " + title);
        out.println();
        row(columns);
        row(Collections.nCopies(columns.size(), "---"));
    }

    void row(List<String> cells) {
        out.println("| " + String.join(" | ", cells) + " |");
        out.flush();
    }
}
