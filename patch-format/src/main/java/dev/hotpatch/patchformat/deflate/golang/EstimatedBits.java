package dev.hotpatch.patchformat.deflate.golang;

import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import dev.hotpatch.patchformat.deflate.encoder.Symbols;

/**
 * How klauspost's flate estimates what new codes would take: by entropy, in single precision and with an approximate logarithm. Each
 * operation is rounded as on amd64, so that the same numbers result.
 */
final class EstimatedBits {
    private EstimatedBits() {}

    /** The bits of symbols that occur this often, of which there are {@code total}, without a header. */
    static long of(int[] literals, int[] distances, int total) {
        float entropy = 0;
        float share = 1.0f / total;
        for (int i = 0; i < DeflateCodes.END_OF_BLOCK; i++) {
            entropy = add(entropy, literals[i], share);
        }
        // For the end of the block.
        entropy += 15;
        int matches = 0;
        for (int i = DeflateCodes.END_OF_BLOCK + 1; i < literals.length; i++) {
            entropy = add(entropy, literals[i], share);
            matches += literals[i];
        }
        share = 1.0f / matches;
        for (int frequency : distances) {
            entropy = add(entropy, frequency, share);
        }
        return (int) entropy + Symbols.extraBits(literals, distances);
    }

    private static float add(float entropy, int frequency, float share) {
        if (frequency == 0) {
            return entropy;
        }
        float count = frequency;
        float bits = Math.min(15, Math.max(1, -log2(count * share)));
        return entropy + bits * count;
    }

    private static float log2(float value) {
        int raw = Float.floatToRawIntBits(value);
        float exponent = ((raw >> 23) & 255) - 128;
        float mantissa = Float.intBitsToFloat((raw & ~0x7f800000) + (127 << 23));
        return exponent + ((-0.34484842f * mantissa + 2.0246658f) * mantissa - 0.6748776f);
    }
}
