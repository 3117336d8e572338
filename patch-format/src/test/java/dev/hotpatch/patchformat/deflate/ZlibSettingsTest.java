package dev.hotpatch.patchformat.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import dev.hotpatch.patchformat.deflate.zlib.Strategy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judge is zlib 1.2.13, asked by {@code src/test/python/streams.py}: the JDK does not offer these settings. */
final class ZlibSettingsTest {
    @ParameterizedTest
    @EnumSource
    void makesWhatZlibMadeWithAllStrategiesAndMemoryLevels(Strategy strategy) throws IOException {
        List<String[]> lines = Digests.lines("zlib-streams.txt").stream()
                .filter(line -> line[4].equals(strategy.name().toLowerCase(Locale.ROOT)))
                .toList();
        assertTrue(lines.size() > 100, "lines of " + strategy + ": " + lines.size());
        for (String[] line : lines) {
            byte[] content = Contents.valueOf(line[0].toUpperCase(Locale.ROOT))
                    .bytes(Integer.parseInt(line[1]), Long.parseLong(line[2]));
            DeflateParameters parameters = new DeflateParameters(
                    DeflateParameters.Family.ZLIB, Integer.parseInt(line[3]), strategy, Integer.parseInt(line[5]));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            DeflateEncoder encoder = parameters.open(out);
            encoder.write(content, 0, content.length);
            encoder.finish();
            assertEquals(
                    line[6] + " " + line[7],
                    out.size() + " " + Digests.of(out.toByteArray()),
                    () -> String.join(" ", line));
        }
    }
}
