package dev.hotpatch.patchformat.deflate.golang;

import dev.hotpatch.patchformat.deflate.encoder.BitWriter;
import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import dev.hotpatch.patchformat.deflate.encoder.PrefixCode;
import dev.hotpatch.patchformat.deflate.encoder.Symbols;
import java.io.IOException;
import java.util.Arrays;

/** Writes blocks in the form that klauspost's flate chooses; where it can, it goes on with the codes of the block before. */
final class PgzipBlocks {
    private static final PrefixCode FIXED_LITERALS = PrefixCode.fixedLiterals();
    private static final PrefixCode FIXED_DISTANCES = PrefixCode.fixedDistances();
    private static final PrefixCode ONE_DISTANCE = oneDistance();
    /** New codes count as if they took so much more: 1/128. */
    private static final int PENALTY = 7;
    /** Fixed codes are considered for fewer tokens than this only. */
    private static final int FEW_TOKENS = 250;

    private static final int GUESSED_HEADER = 70 * 8;
    private static final int TESTED_FOR_NOISE = 1024;

    private final BitWriter bits;
    private final int[] literalFrequency = new int[DeflateCodes.LITERALS];
    private final int[] distanceFrequency = new int[DeflateCodes.DISTANCES];
    private final PackageMerge trees = new PackageMerge();
    private final BlockHeader header = new BlockHeader(trees);
    private PrefixCode literals = new PrefixCode(DeflateCodes.LITERALS);
    private PrefixCode spare = new PrefixCode(DeflateCodes.LITERALS);
    private final PrefixCode distances = new PrefixCode(DeflateCodes.DISTANCES);
    /** The bits of the header of the block that has not ended yet; 0 if there is none. */
    private long openHeader;
    /** Whether the open block has no codes for matches. */
    private boolean literalsOnly;

    PgzipBlocks(BitWriter bits) {
        this.bits = bits;
    }

    private static PrefixCode oneDistance() {
        PrefixCode code = new PrefixCode(DeflateCodes.DISTANCES);
        code.lengths()[0] = 1;
        code.assign();
        return code;
    }

    /** Writes tokens, or stores what they stand for. */
    void tokens(Tokens tokens, byte[] bytes, int from, int length, boolean cut) throws IOException {
        tokens.count(literalFrequency, distanceFrequency);
        if (cut) {
            literalFrequency[DeflateCodes.END_OF_BLOCK] = 1;
        }
        if (openHeader > 0 && (literalsOnly || !reusable())) {
            endOpenBlock();
            literalsOnly = false;
        }
        int shown = tokens.count + (cut ? 1 : 0);
        long extra = Symbols.extraBits(literalFrequency, distanceFrequency);
        long estimate = EstimatedBits.of(literalFrequency, distanceFrequency, shown);
        int literalCount = DeflateCodes.LITERALS;
        int distanceCount = DeflateCodes.DISTANCES;
        if (cut) {
            literalCount = Symbols.used(literalFrequency);
            distanceCount = Symbols.used(distanceFrequency);
            if (distanceCount == 0) {
                distanceFrequency[0] = 1;
                distanceCount = 1;
            }
        }
        if (openHeader > 0) {
            long fresh = openHeader + estimate;
            fresh += literals.lengths()[DeflateCodes.END_OF_BLOCK] + (fresh >> PENALTY);
            long reused = literals.cost(literalFrequency) + distances.cost(distanceFrequency) + extra;
            long size = Math.min(fresh, reused);
            if (fresh < reused) {
                endOpenBlock();
            }
            if (shown < FEW_TOKENS && fixedBits(extra) + 7 < size) {
                fixedOrStored(tokens, bytes, from, length, size);
                return;
            }
            if (storedBits(length) <= size) {
                stored(bytes, from, length);
                return;
            }
        }
        if (openHeader == 0) {
            literalFrequency[DeflateCodes.END_OF_BLOCK] = 1;
            trees.build(literalFrequency, literals, DeflateCodes.MAX_BITS);
            trees.build(distanceFrequency, distances, DeflateCodes.MAX_BITS);
            header.describe(literals, literalCount, distances, distanceCount);
            long size = header.cost() + literals.cost(literalFrequency) + distances.cost(distanceFrequency) + extra;
            if (shown < FEW_TOKENS && fixedBits(extra) <= size) {
                fixedOrStored(tokens, bytes, from, length, fixedBits(extra));
                return;
            }
            if (storedBits(length) <= size) {
                stored(bytes, from, length);
                return;
            }
            header.write(bits);
            openHeader = header.cost();
            literalsOnly = false;
        }
        if (cut) {
            openHeader = 0;
        }
        Symbols.write(bits, tokens.values, tokens.count, literals, distances, cut);
    }

    private void fixedOrStored(Tokens tokens, byte[] bytes, int from, int length, long size) throws IOException {
        if (storedBits(length) <= size) {
            stored(bytes, from, length);
            return;
        }
        endOpenBlock();
        bits.put(2, 3);
        Symbols.write(bits, tokens.values, tokens.count, FIXED_LITERALS, FIXED_DISTANCES, true);
    }

    /** Writes bytes as literals, or stores them. */
    void literals(byte[] bytes, int from, int length, boolean cut) throws IOException {
        Arrays.fill(literalFrequency, 0);
        for (int i = from; i < from + length; i++) {
            literalFrequency[bytes[i] & 0xff]++;
        }
        if (length > TESTED_FOR_NOISE && isNoise(length)) {
            stored(bytes, from, length);
            return;
        }
        literalFrequency[DeflateCodes.END_OF_BLOCK] = 1;
        trees.build(literalFrequency, spare, DeflateCodes.MAX_BITS);
        long estimate = spare.cost(literalFrequency);
        estimate += openHeader == 0 ? GUESSED_HEADER : openHeader;
        estimate += estimate >> PENALTY;
        if (storedBits(length) <= estimate) {
            stored(bytes, from, length);
            return;
        }
        if (openHeader > 0) {
            literalFrequency[DeflateCodes.END_OF_BLOCK] = 0;
            boolean reusable = covers(literals, literalFrequency);
            if (!reusable || estimate < literals.cost(literalFrequency)) {
                endOpenBlock();
            }
            literalFrequency[DeflateCodes.END_OF_BLOCK] = 1;
        }
        if (openHeader == 0) {
            PrefixCode built = spare;
            spare = literals;
            literals = built;
            header.describe(literals, DeflateCodes.END_OF_BLOCK + 1, ONE_DISTANCE, 1);
            header.write(bits);
            literalsOnly = true;
            openHeader = header.cost();
        }
        for (int i = from; i < from + length; i++) {
            bits.put(literals.codes()[bytes[i] & 0xff], literals.lengths()[bytes[i] & 0xff]);
        }
        if (cut) {
            endOpenBlock();
            literalsOnly = false;
        }
    }

    /** Whether all bytes occur about equally often. */
    private boolean isNoise(int length) {
        double most = length * 2.0;
        double average = length / 256.0;
        double deviation = 0;
        for (int i = 0; i < 256 && deviation <= most; i++) {
            double difference = literalFrequency[i] - average;
            deviation += difference * difference;
        }
        return deviation < most;
    }

    void stored(byte[] bytes, int from, int length) throws IOException {
        endOpenBlock();
        bits.putStored(bytes, from, length, false);
    }

    /** Writes an empty stored block. */
    void mark() throws IOException {
        stored(new byte[0], 0, 0);
        bits.flush();
    }

    /** Writes an empty last block; {@link #mark()} must have been called before. */
    void finish() throws IOException {
        bits.put(3, 3);
        bits.put(0, 7);
        bits.flush();
    }

    private void endOpenBlock() throws IOException {
        if (openHeader > 0) {
            bits.put(literals.codes()[DeflateCodes.END_OF_BLOCK], literals.lengths()[DeflateCodes.END_OF_BLOCK]);
            openHeader = 0;
        }
    }

    private boolean reusable() {
        return covers(literals, literalFrequency) && covers(distances, distanceFrequency);
    }

    private static boolean covers(PrefixCode code, int[] frequency) {
        for (int symbol = 0; symbol < frequency.length; symbol++) {
            if (frequency[symbol] != 0 && code.lengths()[symbol] == 0) {
                return false;
            }
        }
        return true;
    }

    private long fixedBits(long extra) {
        return 3 + FIXED_LITERALS.cost(literalFrequency) + FIXED_DISTANCES.cost(distanceFrequency) + extra;
    }

    private static long storedBits(int length) {
        return (length + 5L) * Byte.SIZE;
    }
}
