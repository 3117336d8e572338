package dev.hotpatch.patchformat.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judge is pgzip 1.2.5 with klauspost's flate 1.15.12, asked by {@code src/test/go/pgzip.go}. */
final class PgzipStreamsTest {
    @ParameterizedTest
    @EnumSource
    void makesWhatPgzipMade(Contents contents) throws IOException {
        List<String[]> lines = Digests.lines("pgzip-streams.txt").stream()
                .filter(line -> line[0].equals(contents.toString()))
                .toList();
        assertTrue(lines.size() > 20, "lines of " + contents + ": " + lines.size());
        for (String[] line : lines) {
            int size = Integer.parseInt(line[1]);
            byte[] content = Contents.valueOf(line[0].toUpperCase(Locale.ROOT)).bytes(size, Long.parseLong(line[2]));
            int piece = Integer.parseInt(line[3]);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            DeflateEncoder encoder = DeflateParameters.pgzip().open(out);
            int step = piece == 0 ? 70_001 : piece;
            for (int at = 0; at < size; at += step) {
                encoder.write(content, at, Math.min(step, size - at));
                if (piece > 0) {
                    encoder.sync();
                }
            }
            encoder.finish();
            assertEquals(
                    line[4] + " " + line[5],
                    out.size() + " " + Digests.of(out.toByteArray()),
                    () -> String.join(" ", line));
        }
    }
}
