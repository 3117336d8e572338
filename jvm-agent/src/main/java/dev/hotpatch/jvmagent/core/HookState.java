package dev.hotpatch.jvmagent.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the system property {@code dev.hotpatch.state} says: one line, at most 8 KiB, in the language of {@link Fields}. */
final class HookState {
    static final String PROPERTY = "dev.hotpatch.state";
    private static final int MAX_MESSAGE = 5_000;
    private static final int MAX_NAMES = 2_000;
    private static final int MAX_LISTED = 8;

    String request = "";
    String phase = "done";
    String active = "";
    String code = "ok";
    String message = "";
    /** Classes in loaders that run the patch's code; after a roll-back, those that were put back. */
    int loaded;
    /** Names of which no class is loaded yet. */
    int pending;
    /** New classes of the patch that are defined, counted per loader. */
    int defined;
    /** Loaders with a class that runs the patch's code. */
    int loaders;
    /** Classes left as they were because they are not the ones that the patch is for. */
    List<String> skipped = new ArrayList<>();

    long preflightMicros;
    long applyMicros;
    /** The threads that may still run old code, with the method that they are in. */
    List<String> drain = new ArrayList<>();

    /** The same for the MBean. */
    Map<String, Object> attributes(String version) {
        Map<String, Object> values = new TreeMap<>();
        values.put("HookVersion", version);
        values.put("ActivePatch", active.isEmpty() ? "none" : active);
        values.put("Phase", phase);
        values.put("Code", code);
        values.put("LastMessage", text());
        values.put("Classes", loaded);
        values.put("PendingClasses", pending);
        values.put("NewClasses", defined);
        values.put("Loaders", loaders);
        values.put("SkippedClasses", skipped.size());
        values.put("ApplyMicros", applyMicros);
        values.put(
                "DrainingThreads",
                drain.subList(0, Math.min(MAX_LISTED, drain.size())).toArray(new String[0]));
        values.put("Drain", drain.size());
        values.put("Converged", drain.isEmpty());
        return values;
    }

    private String text() {
        String text = message;
        if (!skipped.isEmpty()) {
            text += (text.isEmpty() ? "" : "; ") + "skipped: " + first(skipped);
        }
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE);
    }

    String render(String version) {
        return "v=1;hook=" + Fields.encode(version, 100)
                + ";request=" + request
                + ";phase=" + phase
                + ";active=" + active
                + ";code=" + code
                + ";message=" + Fields.encode(text(), MAX_MESSAGE)
                + ";loaded=" + loaded
                + ";pending=" + pending
                + ";defined=" + defined
                + ";loaders=" + loaders
                + ";skipped=" + skipped.size()
                + ";preflightMicros=" + preflightMicros
                + ";applyMicros=" + applyMicros
                + ";drain=" + drain.size()
                + ";drainThreads=" + Fields.encode(first(drain), MAX_NAMES);
    }

    /** The first few of a list. */
    static String first(List<String> list) {
        String some = String.join(", ", list.subList(0, Math.min(MAX_LISTED, list.size())));
        return list.size() > MAX_LISTED ? some + " and " + (list.size() - MAX_LISTED) + " more" : some;
    }
}
