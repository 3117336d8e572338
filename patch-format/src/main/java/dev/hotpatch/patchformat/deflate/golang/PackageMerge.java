package dev.hotpatch.patchformat.deflate.golang;

import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import dev.hotpatch.patchformat.deflate.encoder.PrefixCode;
import java.util.Arrays;

/**
 * Finds the lengths of the cheapest prefix code with a longest length, by package-merge (Larmore and Hirschberg, 1990). Of codes with
 * equal cost it finds the one of Go: a package goes before a symbol of the same weight, and of symbols of equal weight the lower first.
 */
final class PackageMerge {
    private static final int MAX_SYMBOLS = DeflateCodes.LITERALS;

    /** The symbols that occur, the rarest first, as {@code frequency << 16 | symbol}. */
    private final long[] symbols = new long[MAX_SYMBOLS];
    /** How many of the first items at each level are single symbols. */
    private final int[][] singles = new int[DeflateCodes.MAX_BITS + 1][2 * MAX_SYMBOLS + 1];

    private long[] below = new long[2 * MAX_SYMBOLS];
    private long[] current = new long[2 * MAX_SYMBOLS];

    /**
     * Gives {@code code} the lengths for symbols that occur this often, and codes to go with them.
     *
     * @param maxBits the longest code allowed
     */
    void build(int[] frequency, PrefixCode code, int maxBits) {
        int[] lengths = code.lengths();
        Arrays.fill(lengths, 0);
        int count = 0;
        for (int symbol = 0; symbol < frequency.length; symbol++) {
            if (frequency[symbol] != 0) {
                symbols[count++] = (long) frequency[symbol] << Short.SIZE | symbol;
            }
        }
        if (count <= 2) {
            for (int i = 0; i < count; i++) {
                lengths[symbol(i)] = 1;
            }
        } else {
            Arrays.sort(symbols, 0, count);
            int levels = Math.min(maxBits, count - 1);
            merge(count, levels);
            assign(count, levels, lengths);
        }
        code.assign();
    }

    private int symbol(int rank) {
        return (int) symbols[rank] & 0xffff;
    }

    private void merge(int count, int levels) {
        int size = 0;
        for (int level = 1; level <= levels; level++) {
            size = mergeLevel(count, size / 2, singles[level]);
            long[] filled = current;
            current = below;
            below = filled;
        }
    }

    /** Merges the symbols with packages of two neighbours of the level below, and returns how many items there are. */
    private int mergeLevel(int count, int packages, int[] leading) {
        int single = 0;
        int packed = 0;
        int size = 0;
        while (single < count || packed < packages) {
            long heavy = packed < packages ? below[2 * packed] + below[2 * packed + 1] : Long.MAX_VALUE;
            long light = single < count ? symbols[single] >>> Short.SIZE : Long.MAX_VALUE;
            if (light < heavy) {
                current[size] = light;
                single++;
            } else {
                current[size] = heavy;
                packed++;
            }
            leading[++size] = single;
        }
        return size;
    }

    private void assign(int count, int levels, int[] lengths) {
        int items = 2 * count - 2;
        for (int level = levels; level > 0; level--) {
            int atLeast = singles[level][items];
            // The rarest symbols are in more levels; each level that a symbol is in adds a bit.
            for (int i = 0; i < atLeast; i++) {
                lengths[symbol(i)]++;
            }
            items = 2 * (items - atLeast);
        }
    }
}
