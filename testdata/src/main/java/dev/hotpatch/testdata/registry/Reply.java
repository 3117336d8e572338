package dev.hotpatch.testdata.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a handler answers; the body is opened when it is sent.
 *
 * @param length of the body in bytes
 */
record Reply(int status, Map<String, String> headers, long length, Body body) {
    @FunctionalInterface
    interface Body {
        InputStream open() throws IOException;
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), 0, InputStream::nullInputStream);
    }

    static Reply bytes(int status, String contentType, byte[] content) {
        return new Reply(
                status, Map.of("Content-Type", contentType), content.length, () -> new ByteArrayInputStream(content));
    }

    static Reply file(int status, Path file, long offset, long length) {
        return new Reply(status, Map.of("Content-Type", "application/octet-stream"), length, () -> {
            InputStream in = Files.newInputStream(file);
            try {
                in.skipNBytes(offset);
                return in;
            } catch (IOException e) {
                in.close();
                throw e;
            }
        });
    }

    Reply with(String name, String value) {
        return with(Map.of(name, value));
    }

    Reply with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Reply(status, all, length, body);
    }
}
