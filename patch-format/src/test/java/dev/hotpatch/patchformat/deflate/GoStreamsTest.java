package dev.hotpatch.patchformat.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.deflate.golang.GoEncoder;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GoStreamsTest {
    /** One line of what Go made: see {@code src/test/go/streams.go}. */
    private record Line(Contents contents, int size, long seed, int level, int piece, boolean flush, int length, String sha256) {
        static Line parse(String text) {
            String[] parts = text.split(" ", -1);
            return new Line(
                    Contents.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                    Integer.parseInt(parts[1]),
                    Long.parseLong(parts[2]),
                    Integer.parseInt(parts[3]),
                    Integer.parseInt(parts[4]),
                    Boolean.parseBoolean(parts[5]),
                    Integer.parseInt(parts[6]),
                    parts[7]);
        }

        byte[] stream(boolean asWritten) {
            byte[] content = contents.bytes(size, seed);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            GoEncoder encoder = new GoEncoder(out, level, asWritten);
            int step = piece == 0 ? size + 1 : piece;
            try {
                for (int at = 0; at < size; at += step) {
                    encoder.write(content, at, Math.min(step, size - at));
                    if (flush) {
                        encoder.sync();
                    }
                }
                encoder.finish();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toByteArray();
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesWhatGoMade(Contents contents) throws IOException {
        List<Line> lines = lines().stream().filter(line -> line.contents == contents).toList();
        assertTrue(lines.size() > 100, "lines of " + contents + ": " + lines.size());
        for (Line line : lines) {
            byte[] stream = line.stream(true);
            assertEquals(line.length, stream.length, line::toString);
            assertEquals(line.sha256, sha256(stream), line::toString);
        }
    }

    @Test
    void makesTheSameOfPiecesAsOfTheWhole() throws IOException {
        for (Line line : lines()) {
            if (line.piece == 0 && line.size > 60_000 && line.level == 6) {
                Line inPieces = new Line(line.contents, line.size, line.seed, line.level, 333, false, line.length, line.sha256);
                assertEquals(line.sha256, sha256(inPieces.stream(false)), line::toString);
            }
        }
    }

    private static List<Line> lines() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(GoStreamsTest.class.getResourceAsStream("go-streams.txt")), StandardCharsets.UTF_8))) {
            return in.lines().map(Line::parse).toList();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
