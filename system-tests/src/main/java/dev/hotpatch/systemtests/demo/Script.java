package dev.hotpatch.systemtests.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the demonstration says while it runs, and the figures that it ends with. */
final class Script {
    private final PrintStream out;
    private final Map<String, String> figures = new LinkedHashMap<>();
    private int step;

    Script(PrintStream out) {
        this.out = out;
    }

    void step(String text) {
        step++;
        out.println(step + ". " + text);
    }

    void say(String text) {
        text.lines().forEach(line -> out.println("   " + line));
    }

    /**
     * States what must be so.
     *
     * @throws IOException if it is not; the demonstration ends
     */
    void check(boolean so, String text) throws IOException {
        if (!so) {
            throw new IOException("step " + step + " did not show what it should: " + text);
        }
        say("✓ " + text);
    }

    void figure(String name, String value) {
        figures.put(name, value);
    }

    void printFigures() {
        int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
        out.println();
        figures.forEach((name, value) -> out.println("   " + name + " ".repeat(width - name.length() + 2) + value));
    }
}
