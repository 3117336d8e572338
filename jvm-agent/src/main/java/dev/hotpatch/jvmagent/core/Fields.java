package dev.hotpatch.jvmagent.core;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code key=value;key=value} with percent-encoded UTF-8 values: the language of requests and of the state. */
final class Fields {
    private static final String PLAIN = "-._~/:,+@$()[]";
    private static final String HEX = "0123456789ABCDEF";

    private Fields() {}

    static Map<String, String> parse(String text) throws Refusal {
        Map<String, String> fields = new LinkedHashMap<>();
        int from = 0;
        while (from < text.length()) {
            int to = text.indexOf(';', from);
            to = to < 0 ? text.length() : to;
            int equals = text.indexOf('=', from);
            if (equals <= from || equals > to) {
                throw new Refusal(Refusal.BAD_REQUEST, "expected key=value at character " + from);
            }
            String key = text.substring(from, equals);
            if (fields.put(key, decode(text.substring(equals + 1, to))) != null) {
                throw new Refusal(Refusal.BAD_REQUEST, "the key " + key + " is given twice");
            }
            from = to + 1;
        }
        return fields;
    }

    /** Encodes as much of the value as fits into so many characters. */
    static String encode(String value, int limit) {
        StringBuilder out = new StringBuilder(Math.min(value.length() + 16, limit));
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            // A multi-byte character that is cut in two decodes to a replacement character; so be it.
            if (out.length() + 3 > limit) {
                break;
            }
            char c = (char) (b & 0xff);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (letter || PLAIN.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return out.toString();
    }

    private static String decode(String value) throws Refusal {
        ByteBuffer bytes = ByteBuffer.allocate(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%') {
                int high = digit(value, i + 1);
                int low = digit(value, i + 2);
                if (high < 0 || low < 0) {
                    throw new Refusal(Refusal.BAD_REQUEST, "% is not followed by two hexadecimal digits");
                }
                bytes.put((byte) ((high << 4) | low));
                i += 2;
            } else if (c > ' ' && c < 0x7f) {
                bytes.put((byte) c);
            } else {
                throw new Refusal(
                        Refusal.BAD_REQUEST,
                        "a value has the character " + (int) c + ", which must be percent-encoded");
            }
        }
        bytes.flip();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(Refusal.BAD_REQUEST, "a value is not UTF-8", e);
        }
    }

    private static int digit(String value, int at) {
        return at < value.length() ? Character.digit(value.charAt(at), 16) : -1;
    }
}
