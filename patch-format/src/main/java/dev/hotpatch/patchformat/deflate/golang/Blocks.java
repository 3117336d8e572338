package dev.hotpatch.patchformat.deflate.golang;

import dev.hotpatch.patchformat.deflate.encoder.BitWriter;
import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import dev.hotpatch.patchformat.deflate.encoder.PrefixCode;
import dev.hotpatch.patchformat.deflate.encoder.Symbols;
import java.io.IOException;
import java.util.Arrays;

/** Writes blocks in the form that Go chooses. */
final class Blocks {
    /** The most bytes that a stored block holds. */
    static final int MAX_STORED = 65535;

    private static final PrefixCode FIXED_LITERALS = PrefixCode.fixedLiterals();
    private static final PrefixCode FIXED_DISTANCES = PrefixCode.fixedDistances();
    private static final int STORED_HEADER = 5;

    private final BitWriter bits;
    private final int[] literalFrequency = new int[DeflateCodes.LITERALS];
    private final int[] distanceFrequency = new int[DeflateCodes.DISTANCES];
    private final PackageMerge trees = new PackageMerge();
    private final PrefixCode literals = new PrefixCode(DeflateCodes.LITERALS);
    private final PrefixCode distances = new PrefixCode(DeflateCodes.DISTANCES);
    private final BlockHeader header = new BlockHeader(trees);

    Blocks(BitWriter bits) {
        this.bits = bits;
    }

    /**
     * Writes tokens in the form that takes the fewest bits.
     *
     * @param from where the bytes that the tokens stand for begin; negative if they are no longer there
     */
    void smallest(Tokens tokens, byte[] bytes, int from, int to) throws IOException {
        count(tokens);
        long extra = Symbols.extraBits(literalFrequency, distanceFrequency);
        long dynamic = dynamicBits() + extra;
        long fixed = 3 + FIXED_LITERALS.cost(literalFrequency) + FIXED_DISTANCES.cost(distanceFrequency) + extra;
        boolean useFixed = fixed <= dynamic;
        if (from >= 0 && storable(to - from) && storedBits(to - from) < (useFixed ? fixed : dynamic)) {
            stored(bytes, from, to);
        } else if (useFixed) {
            bits.put(2, 3);
            Symbols.write(bits, tokens.values, tokens.count, FIXED_LITERALS, FIXED_DISTANCES, true);
        } else {
            writeDynamic(tokens);
        }
        tokens.count = 0;
    }

    /** Writes tokens with codes of their own, or stores the bytes if that saves little; what follows the codes is not counted. */
    void dynamicOrStored(Tokens tokens, byte[] bytes, int length) throws IOException {
        count(tokens);
        if (savesLittle(length)) {
            stored(bytes, 0, length);
        } else {
            writeDynamic(tokens);
        }
        tokens.count = 0;
    }

    /** Writes bytes as literals with a code of their own, or stores them if that saves little. */
    void literalsOrStored(byte[] bytes, int length) throws IOException {
        Arrays.fill(literalFrequency, 0);
        for (int i = 0; i < length; i++) {
            literalFrequency[bytes[i] & 0xff]++;
        }
        literalFrequency[DeflateCodes.END_OF_BLOCK] = 1;
        Arrays.fill(distanceFrequency, 0);
        buildCodes();
        if (savesLittle(length)) {
            stored(bytes, 0, length);
            return;
        }
        header.write(bits);
        for (int i = 0; i < length; i++) {
            bits.put(literals.codes()[bytes[i] & 0xff], literals.lengths()[bytes[i] & 0xff]);
        }
        bits.put(literals.codes()[DeflateCodes.END_OF_BLOCK], literals.lengths()[DeflateCodes.END_OF_BLOCK]);
    }

    void stored(byte[] bytes, int from, int to) throws IOException {
        bits.putStored(bytes, from, to - from, false);
    }

    /** Writes an empty stored block. */
    void mark(boolean last) throws IOException {
        bits.putStored(new byte[0], 0, 0, last);
        bits.flush();
    }

    private void count(Tokens tokens) {
        tokens.count(literalFrequency, distanceFrequency);
        literalFrequency[DeflateCodes.END_OF_BLOCK] = 1;
        buildCodes();
    }

    private void buildCodes() {
        int literalCount = Symbols.used(literalFrequency);
        if (Symbols.used(distanceFrequency) == 0) {
            // A dynamic block describes at least one distance; it counts as if it occurred.
            distanceFrequency[0] = 1;
        }
        int distanceCount = Symbols.used(distanceFrequency);
        trees.build(literalFrequency, literals, DeflateCodes.MAX_BITS);
        trees.build(distanceFrequency, distances, DeflateCodes.MAX_BITS);
        header.describe(literals, literalCount, distances, distanceCount);
    }

    private long dynamicBits() {
        return header.cost() + literals.cost(literalFrequency) + distances.cost(distanceFrequency);
    }

    private boolean savesLittle(int length) {
        long size = dynamicBits();
        return storable(length) && storedBits(length) < size + (size >> 4);
    }

    private static boolean storable(int length) {
        return length <= MAX_STORED;
    }

    private static long storedBits(int length) {
        return (length + (long) STORED_HEADER) * Byte.SIZE;
    }

    private void writeDynamic(Tokens tokens) throws IOException {
        header.write(bits);
        Symbols.write(bits, tokens.values, tokens.count, literals, distances, true);
    }
}
