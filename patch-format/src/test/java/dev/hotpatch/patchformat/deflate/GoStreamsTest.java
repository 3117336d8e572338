package dev.hotpatch.patchformat.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.deflate.golang.GoEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GoStreamsTest {
    /** One line of what Go made: see {@code src/test/go/streams.go}. */
    private record Line(
            Contents contents, int size, long seed, int level, int piece, boolean flush, int length, String digest) {
        static Line parse(String[] parts) {
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
        List<Line> lines =
                lines().stream().filter(line -> line.contents == contents).toList();
        assertTrue(lines.size() > 100, "lines of " + contents + ": " + lines.size());
        for (Line line : lines) {
            byte[] stream = line.stream(true);
            assertEquals(line.length, stream.length, line::toString);
            assertEquals(line.digest, Digests.of(stream), line::toString);
        }
    }

    @Test
    void makesTheSameOfPiecesAsOfTheWhole() throws IOException {
        for (Line line : lines()) {
            if (line.piece == 0 && line.size > 60_000 && line.level == 6) {
                Line inPieces =
                        new Line(line.contents, line.size, line.seed, line.level, 333, false, line.length, line.digest);
                assertEquals(line.digest, Digests.of(inPieces.stream(false)), line::toString);
            }
        }
    }

    private static List<Line> lines() throws IOException {
        return Digests.lines("go-streams.txt").stream().map(Line::parse).toList();
    }
}
