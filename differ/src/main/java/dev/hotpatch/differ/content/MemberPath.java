package dev.hotpatch.differ.content;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths inside images and archives. */
public final class MemberPath {
    private static final int MAX = 4096;

    private MemberPath() {}

    /**
     * Without slashes at either end, without empty and {@code .} parts; the root is the empty string.
     *
     * @param what the archive, for the message
     * @throws BadContentException for {@code ..}, control characters and paths longer than Linux takes
     */
    public static String normalise(String path, String what) throws BadContentException {
        if (path.length() > MAX) {
            throw new BadContentException(what + ": a path of " + path.length() + " characters, at most " + MAX);
        }
        StringBuilder result = new StringBuilder(path.length());
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                throw new BadContentException(what + ": refused path " + printable(path) + ": it leaves its folder");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                result.append(result.length() == 0 ? "" : "/").append(part);
            }
        }
        if (result.chars().anyMatch(Character::isISOControl)) {
            throw new BadContentException(what + ": refused path " + printable(path) + ": it has control characters");
        }
        return result.toString();
    }

    /**
     * Where a symbolic link leads, inside the root: {@code ..} stops there, as it does in a container.
     *
     * @param folder of the link, normalised
     */
    public static String follow(String folder, String target) {
        Deque<String> parts = new ArrayDeque<>();
        String start = target.startsWith("/") ? "" : folder;
        for (String part : (start + "/" + target).split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /** The text without control characters and not too long, for messages. */
    public static String printable(String text) {
        String safe = text.replaceAll("\\p{Cntrl}", "?");
        return safe.length() > 200 ? safe.substring(0, 200) + "…" : safe;
    }
}
