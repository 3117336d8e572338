package dev.hotpatch.patchformat.deflate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Lists of what other encoders made, kept as digests. */
final class Digests {
    private Digests() {}

    static List<String[]> lines(String name) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Digests.class.getResourceAsStream(name)), StandardCharsets.UTF_8))) {
            return in.lines().map(line -> line.split(" ", -1)).toList();
        }
    }

    /** The first 128 bits of the SHA-256. */
    static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
