package dev.hotpatch.cli;

import dev.hotpatch.patchformat.json.JsonWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where output goes: results to stdout, everything else to stderr; colour and a moving progress line only on a terminal that wants
 * them. For use by one thread, except {@link #progress}.
 */
final class Terminal {
    private static final String API_VERSION = "hotpatch/v1";
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final boolean colour;
    private boolean progressShown;

    Terminal(PrintStream out, PrintStream err, boolean interactive, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.interactive = interactive && !"dumb".equals(environment.get("TERM"));
        this.colour =
                this.interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** The process's own streams. The launcher knows whether stderr is a terminal; Java cannot tell. */
    static Terminal system() {
        return new Terminal(System.out, System.err, Boolean.getBoolean("hotpatch.terminal"), System.getenv());
    }

    /** A result for people. */
    void result(String text) {
        clearProgress();
        out.println(text);
        out.flush();
    }

    /** A result for programs: one object, with the version of its schema first. */
    void json(String kind, Map<String, ?> value) {
        clearProgress();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", API_VERSION);
        object.put("kind", kind);
        object.putAll(value);
        out.print(new String(JsonWriter.pretty(object), StandardCharsets.UTF_8));
        out.flush();
    }

    /** A line of what is going on. */
    void log(String text) {
        clearProgress();
        err.println(text);
    }

    void error(String text) {
        clearProgress();
        err.println((colour ? "\u001b[31merror:\u001b[0m " : "error: ") + text);
    }

    /** Replaces the line of progress; nothing happens where nobody watches. May be called from any thread. */
    synchronized void progress(String text) {
        if (interactive) {
            err.print(ERASE_LINE + text);
            err.flush();
            progressShown = true;
        }
    }

    /** How far a step is. */
    void progress(String step, long done, long total) {
        progress(step + "  " + done + " / " + total);
    }

    private synchronized void clearProgress() {
        if (progressShown) {
            err.print(ERASE_LINE);
            progressShown = false;
        }
    }

    void stackTrace(Throwable failure) {
        failure.printStackTrace(err);
    }
}
