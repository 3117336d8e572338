package dev.hotpatch.jvmagent.core;

import java.util.ArrayList;
import java.util.List;

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
    /** Names of the threads that may still run old code. */
    List<String> drain = new ArrayList<>();

    String render(String version) {
        String text = message;
        if (!skipped.isEmpty()) {
            text += (text.isEmpty() ? "" : "; ") + "skipped: " + first(skipped);
        }
        return "v=1;hook=" + Fields.encode(version, 100)
                + ";request=" + request
                + ";phase=" + phase
                + ";active=" + active
                + ";code=" + code
                + ";message=" + Fields.encode(text, MAX_MESSAGE)
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
