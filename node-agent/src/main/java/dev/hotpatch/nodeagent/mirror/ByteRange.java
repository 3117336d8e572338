package dev.hotpatch.nodeagent.mirror;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of content (RFC 9110, section 14).
 *
 * @param first offset of the first byte
 * @param length 1 or more
 */
record ByteRange(long first, long length) {
    private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /** What a header asks for. */
    sealed interface Asked {
        /** All of it: there is no header, or one that need not be understood. */
        record All() implements Asked {}

        /** Nothing that there is. */
        record Nothing() implements Asked {}

        /** A part. */
        record Part(ByteRange range) implements Asked {}
    }

    /** Reads {@code bytes=FIRST-}, {@code bytes=FIRST-LAST} or {@code bytes=-COUNT}. Several parts are not given. */
    static Asked of(Optional<String> header, long size) {
        Matcher range = ONE.matcher(header.orElse(""));
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return new Asked.All();
        }
        if (range.group(1).isEmpty()) {
            long count = Math.min(Long.parseLong(range.group(2)), size);
            return count == 0 ? new Asked.Nothing() : new Asked.Part(new ByteRange(size - count, count));
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(range.group(2)), size - 1);
        if (!range.group(2).isEmpty() && Long.parseLong(range.group(2)) < first) {
            return new Asked.All();
        }
        return first >= size ? new Asked.Nothing() : new Asked.Part(new ByteRange(first, last - first + 1));
    }

    String contentRange(long size) {
        return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
