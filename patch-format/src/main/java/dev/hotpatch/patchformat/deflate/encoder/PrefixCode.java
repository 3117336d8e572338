package dev.hotpatch.patchformat.deflate.encoder;

import java.util.Arrays;

/** A prefix code: how many bits each symbol has and, derived from that, which (RFC 1951, section 3.2.2). Filled again and again. */
public final class PrefixCode {
    private final int[] lengths;
    private final int[] codes;
    private int used;

    /** A code for {@code symbols} symbols, of which none has a length yet. */
    public PrefixCode(int symbols) {
        this.lengths = new int[symbols];
        this.codes = new int[symbols];
    }

    /** The code of literals and lengths in fixed blocks (RFC 1951, section 3.2.6). */
    public static PrefixCode fixedLiterals() {
        PrefixCode code = new PrefixCode(288);
        Arrays.fill(code.lengths, 0, 144, 8);
        Arrays.fill(code.lengths, 144, 256, 9);
        Arrays.fill(code.lengths, 256, 280, 7);
        Arrays.fill(code.lengths, 280, 288, 8);
        code.assign();
        return code;
    }

    /** The code of distances in fixed blocks. */
    public static PrefixCode fixedDistances() {
        PrefixCode code = new PrefixCode(DeflateCodes.DISTANCES);
        Arrays.fill(code.lengths, 5);
        code.assign();
        return code;
    }

    /** The number of bits of each symbol, 0 if it does not occur; to be written, then {@link #assign()} called. */
    public int[] lengths() {
        return lengths;
    }

    /** The bits of each symbol, the first bit lowest. */
    public int[] codes() {
        return codes;
    }

    /** One more than the last symbol that has a length. */
    public int used() {
        return used;
    }

    /** Derives the codes from the lengths. */
    public void assign() {
        int[] next = new int[DeflateCodes.MAX_BITS + 2];
        used = 0;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                next[lengths[symbol] + 1]++;
                used = symbol + 1;
            }
        }
        for (int bits = 1; bits < next.length; bits++) {
            next[bits] = (next[bits] + next[bits - 1]) << 1;
        }
        for (int symbol = 0; symbol < used; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                codes[symbol] = Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
            }
        }
    }

    /** How many bits symbols that occur this often take together, without what follows them. */
    public long cost(int[] frequencies) {
        long total = 0;
        for (int symbol = 0; symbol < frequencies.length; symbol++) {
            total += (long) frequencies[symbol] * lengths[symbol];
        }
        return total;
    }
}
