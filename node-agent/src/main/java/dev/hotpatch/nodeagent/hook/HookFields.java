package dev.hotpatch.nodeagent.hook;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code key=value;key=value} with percent-encoded UTF-8 values: the language of the hook's requests and state. */
final class HookFields {
    private static final int MAX_FIELDS = 64;
    private static final String UNRESERVED = "-._~/:";

    private HookFields() {}

    static String encode(String value) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || UNRESERVED.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }

    static String format(Map<String, String> fields) {
        StringBuilder out = new StringBuilder();
        fields.forEach((key, value) ->
                out.append(out.isEmpty() ? "" : ";").append(key).append('=').append(encode(value)));
        return out.toString();
    }

    /** The fields of a line, or empty if it is not of this language. */
    static Optional<Map<String, String>> parse(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : line.split(";", MAX_FIELDS + 1)) {
            int equals = field.indexOf('=');
            if (equals <= 0 || fields.size() == MAX_FIELDS) {
                return Optional.empty();
            }
            Optional<String> value = decode(field.substring(equals + 1));
            if (value.isEmpty() || fields.putIfAbsent(field.substring(0, equals), value.get()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(fields);
    }

    private static Optional<String> decode(String value) {
        ByteBuffer bytes = ByteBuffer.allocate(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%') {
                int high = i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
                int low = i + 2 < value.length() ? Character.digit(value.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (c > ' ' && c < 0x7F) {
                bytes.put((byte) c);
            } else {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
