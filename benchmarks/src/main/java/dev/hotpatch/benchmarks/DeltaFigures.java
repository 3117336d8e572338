package dev.hotpatch.benchmarks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one delta.
 *
 * @param size in bytes
 * @param encode null for what is no delta
 * @param decode null for what is no delta
 */
record DeltaFigures(
        long size, @Nullable Footprint encode, @Nullable Footprint decode) {
    static DeltaFigures ofSize(long size) {
        return new DeltaFigures(size, null, null);
    }

    String encodeSeconds() {
        return encode == null ? "" : seconds(encode.time());
    }

    String encodeProcessor() {
        return encode == null ? "" : seconds(encode.processor());
    }

    String encodePeak() {
        return encode == null ? "" : encode.megabytes();
    }

    String decodeSeconds() {
        return decode == null ? "" : seconds(decode.time());
    }

    String decodePeak() {
        return decode == null ? "" : decode.megabytes();
    }

    private static String seconds(Samples samples) {
        return String.format(Locale.ROOT, "%.2f", samples.median() / 1_000_000);
    }
}
