package dev.hotpatch.nodeagent.hook;

import dev.hotpatch.nodeagent.attach.AttachException;
import dev.hotpatch.nodeagent.proc.Refusal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the hook says of itself in the system property {@value #PROPERTY}. Any code in the JVM can write that property: it is
 * shown and acted upon for this one JVM, and never believed beyond.
 *
 * @param hook version of the hook that runs in the JVM
 * @param request id of the request that it answers
 * @param phase how far that request is
 * @param active identity of the live unit that is in force, 64 hexadecimal digits; empty for the base image's code
 * @param code {@code ok}, or a word for why not
 * @param message for people
 * @param loaded classes that run the patch's code
 * @param pending names of which no class is loaded yet
 * @param defined new classes, per loader
 * @param loaders class loaders with a patched class
 * @param skipped classes that were left alone
 * @param preflightMicros time for the checks, in microseconds
 * @param applyMicros time for the change itself, in microseconds
 * @param drain threads that may still run old code
 * @param drainThreads the first few of them, each with the method that it is in
 */
public record HookState(
        String hook,
        String request,
        Phase phase,
        String active,
        String code,
        String message,
        int loaded,
        int pending,
        int defined,
        int loaders,
        int skipped,
        long preflightMicros,
        long applyMicros,
        int drain,
        String drainThreads) {
    /** The system property in which the hook publishes its state. */
    public static final String PROPERTY = "dev.hotpatch.state";

    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_COUNT = 10_000_000;
    private static final long MAX_MICROS = 86_400_000_000L;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9.-]{0,64}");

    /** How far a request is. */
    public enum Phase {
        RUNNING,
        DONE,
        REFUSED,
        FAILED
    }

    /** Reads the line that the hook publishes; what is not of its form is refused. */
    public static HookState parse(String line) throws AttachException {
        if (line.length() > MAX_LINE) {
            throw bad("it has " + line.length() + " characters");
        }
        Map<String, String> fields =
                HookFields.parse(line).orElseThrow(() -> bad("it is not a list of key=value pairs"));
        if (!"1".equals(fields.get("v"))) {
            throw bad("its version is not 1; the JVM holds a hook of another release, restart it to change that");
        }
        return new HookState(
                word(fields, "hook"),
                word(fields, "request"),
                phase(fields.getOrDefault("phase", "")),
                word(fields, "active"),
                word(fields, "code"),
                printable(fields.getOrDefault("message", "")),
                count(fields, "loaded"),
                count(fields, "pending"),
                count(fields, "defined"),
                count(fields, "loaders"),
                count(fields, "skipped"),
                number(fields, "preflightMicros", MAX_MICROS),
                number(fields, "applyMicros", MAX_MICROS),
                count(fields, "drain"),
                printable(fields.getOrDefault("drainThreads", "")));
    }

    /** Whether no thread runs code any more that the last change replaced. */
    public boolean isConverged() {
        return drain == 0;
    }

    /** Whether the request is over, one way or the other. */
    public boolean isTerminal() {
        return phase != Phase.RUNNING;
    }

    private static Phase phase(String text) throws AttachException {
        for (Phase phase : Phase.values()) {
            if (phase.name().toLowerCase(Locale.ROOT).equals(text)) {
                return phase;
            }
        }
        throw bad("its phase is none of running, done, refused, failed");
    }

    private static String word(Map<String, String> fields, String key) throws AttachException {
        String value = fields.getOrDefault(key, "");
        if (!WORD.matcher(value).matches()) {
            throw bad(key + " is not a word");
        }
        return value;
    }

    private static int count(Map<String, String> fields, String key) throws AttachException {
        return (int) number(fields, key, MAX_COUNT);
    }

    private static long number(Map<String, String> fields, String key, long max) throws AttachException {
        String value = fields.getOrDefault(key, "0");
        if (value.matches("[0-9]{1,12}")) {
            long number = Long.parseLong(value);
            if (number <= max) {
                return number;
            }
        }
        throw bad(key + " is not a number from 0 to " + max);
    }

    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
    }

    private static AttachException bad(String what) {
        return new AttachException(Refusal.BAD_REPLY, "system property " + PROPERTY + ": " + what);
    }
}
