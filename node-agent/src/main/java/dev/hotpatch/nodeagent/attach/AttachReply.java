package dev.hotpatch.nodeagent.attach;

import dev.hotpatch.nodeagent.proc.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM's answer to one command: a line with HotSpot's code, then the command's output. The bytes come from the target and may
 * be anything.
 *
 * @param code 0 if HotSpot ran the command
 * @param output what follows the first line
 */
record AttachReply(int code, byte[] output) {
    private static final int MAX_QUOTED = 300;
    private static final int MAX_PROPERTIES = 20_000;
    private static final Pattern CODE = Pattern.compile("-?[0-9]{1,9}");

    /** JDK 8 writes the bare code of the agent, later ones name it. */
    private static final Pattern LOADED = Pattern.compile("(?:return code: )?(-?[0-9]{1,9})");

    private static final int BAD_JAR = 100;
    private static final int NOT_ON_CLASS_PATH = 101;
    private static final int START_FAILED = 102;

    static AttachReply parse(byte[] bytes) throws AttachException {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n' && end < 16) {
            end++;
        }
        String first = new String(bytes, 0, end, StandardCharsets.US_ASCII);
        if (!CODE.matcher(first).matches()) {
            throw new AttachException(
                    Refusal.BAD_REPLY, "expected a number in the first line, found '" + quoted(first) + "'");
        }
        int from = Math.min(bytes.length, end + 1);
        return new AttachReply(Integer.parseInt(first), java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }

    /** Checks the answer to {@code load instrument}. */
    void requireLoaded() throws AttachException {
        String text = new String(output, StandardCharsets.UTF_8).strip();
        Matcher matcher = LOADED.matcher(text);
        if (code == 0 && matcher.matches()) {
            requireStarted(Integer.parseInt(matcher.group(1)));
        } else if (text.contains("Dynamic agent loading is not enabled")) {
            throw new AttachException(Refusal.DYNAMIC_LOADING_DISABLED, "the JVM says '" + quoted(text) + "'");
        } else if (text.contains("java.instrument") || text.contains("libinstrument")) {
            throw new AttachException(Refusal.MODULE_MISSING, "the JVM says '" + quoted(text) + "'");
        } else {
            throw new AttachException(
                    Refusal.HOOK_NOT_STARTED, "load answered code " + code + ", '" + quoted(text) + "'");
        }
    }

    private static void requireStarted(int agentCode) throws AttachException {
        switch (agentCode) {
            case 0 -> {}
            case BAD_JAR ->
                throw new AttachException(Refusal.HOOK_NOT_STARTED, "the JVM cannot open the hook's jar (code 100)");
            case NOT_ON_CLASS_PATH ->
                throw new AttachException(
                        Refusal.HOOK_NOT_STARTED, "the JVM cannot add the hook's jar to its class path (code 101)");
            case START_FAILED ->
                throw new AttachException(Refusal.HOOK_NOT_STARTED, "the hook's agentmain failed (code 102)");
            default ->
                throw new AttachException(Refusal.HOOK_NOT_STARTED, "the hook was not started, code " + agentCode);
        }
    }

    /** Reads the answer to {@code properties}: the format of {@link Properties}. */
    TreeMap<String, String> requireProperties() throws AttachException {
        if (code != 0) {
            throw new AttachException(Refusal.BAD_REPLY, "properties answered code " + code);
        }
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(output));
        } catch (IOException | IllegalArgumentException e) {
            throw new AttachException(Refusal.BAD_REPLY, "properties are malformed", e);
        }
        if (properties.size() > MAX_PROPERTIES) {
            throw new AttachException(
                    Refusal.BAD_REPLY, properties.size() + " properties, at most " + MAX_PROPERTIES + " are read");
        }
        TreeMap<String, String> result = new TreeMap<>();
        properties.forEach((key, value) -> result.put((String) key, (String) value));
        return result;
    }

    /** At most {@value #MAX_QUOTED} characters, with everything that a terminal might obey replaced. */
    static String quoted(String text) {
        String clipped = text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
        return clipped.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
    }
}
