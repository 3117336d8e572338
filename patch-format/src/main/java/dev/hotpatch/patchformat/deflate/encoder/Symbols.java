package dev.hotpatch.patchformat.deflate.encoder;

import java.io.IOException;

/** What blocks are made of: literals, and matches as {@code distance << 8 | length - 3}. */
public final class Symbols {
    private Symbols() {}

    /** One more than the last symbol that occurs. */
    public static int used(int[] frequency) {
        int used = frequency.length;
        while (used > 0 && frequency[used - 1] == 0) {
            used--;
        }
        return used;
    }

    /** How many bits follow the codes of symbols that occur so often. */
    public static long extraBits(int[] literals, int[] distances) {
        long total = 0;
        for (int code = 0; code < DeflateCodes.LITERALS - DeflateCodes.END_OF_BLOCK - 1; code++) {
            total += (long) literals[DeflateCodes.END_OF_BLOCK + 1 + code] * DeflateCodes.lengthExtra(code);
        }
        for (int code = 0; code < DeflateCodes.DISTANCES; code++) {
            total += (long) distances[code] * DeflateCodes.distanceExtra(code);
        }
        return total;
    }

    /**
     * Writes the first so many symbols.
     *
     * @param end whether the end of the block follows
     */
    public static void write(
            BitWriter bits, int[] symbols, int count, PrefixCode literalCode, PrefixCode distanceCode, boolean end)
            throws IOException {
        int[] literalBits = literalCode.codes();
        int[] literalLengths = literalCode.lengths();
        int[] distanceBits = distanceCode.codes();
        int[] distanceLengths = distanceCode.lengths();
        for (int i = 0; i < count; i++) {
            int symbol = symbols[i];
            int distance = symbol >>> Byte.SIZE;
            int value = symbol & 0xff;
            if (distance == 0) {
                bits.put(literalBits[value], literalLengths[value]);
                continue;
            }
            int code = DeflateCodes.lengthCode(value);
            int literal = DeflateCodes.END_OF_BLOCK + 1 + code;
            int width = literalLengths[literal];
            bits.put(
                    literalBits[literal] | (value - DeflateCodes.lengthBase(code)) << width,
                    width + DeflateCodes.lengthExtra(code));
            code = DeflateCodes.distanceCode(distance - 1);
            width = distanceLengths[code];
            bits.put(
                    distanceBits[code] | (distance - 1 - DeflateCodes.distanceBase(code)) << width,
                    width + DeflateCodes.distanceExtra(code));
        }
        if (end) {
            bits.put(literalBits[DeflateCodes.END_OF_BLOCK], literalLengths[DeflateCodes.END_OF_BLOCK]);
        }
    }
}
