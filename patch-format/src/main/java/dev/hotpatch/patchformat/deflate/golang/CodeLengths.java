package dev.hotpatch.patchformat.deflate.golang;

import dev.hotpatch.patchformat.deflate.encoder.BitWriter;
import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import dev.hotpatch.patchformat.deflate.encoder.PrefixCode;
import java.io.IOException;
import java.util.Arrays;

/** The header of a dynamic block (RFC 1951, section 3.2.7), with runs cut as Go cuts them. */
final class CodeLengths {
    private static final int REPEAT = 16;
    private static final int ZEROS = 17;
    private static final int MANY_ZEROS = 18;
    private static final int MIN_SENT = 4;

    private final int[] frequency = new int[DeflateCodes.CODE_LENGTHS];
    private final PrefixCode code = new PrefixCode(DeflateCodes.CODE_LENGTHS);
    private final int[] lengths = new int[DeflateCodes.LITERALS + DeflateCodes.DISTANCES];
    /** A code length or repetition, and what follows it shifted by eight bits. */
    private final int[] items = new int[DeflateCodes.LITERALS + DeflateCodes.DISTANCES];

    private int count;
    private int literals;
    private int distances;
    private int sent;

    /** Takes the codes to be described, of which the first so many symbols. */
    void describe(
            PrefixCode literalCode, int literalCount, PrefixCode distanceCode, int distanceCount, PackageMerge trees) {
        Arrays.fill(frequency, 0);
        count = 0;
        literals = literalCount;
        distances = distanceCount;
        // A run may begin among the literals and end among the distances.
        System.arraycopy(literalCode.lengths(), 0, lengths, 0, literals);
        System.arraycopy(distanceCode.lengths(), 0, lengths, literals, distances);
        addRuns(literals + distances);
        trees.build(frequency, code, DeflateCodes.MAX_CODE_LENGTH_BITS);
        sent = DeflateCodes.CODE_LENGTHS;
        while (sent > MIN_SENT && frequency[DeflateCodes.orderOfCodeLengths(sent - 1)] == 0) {
            sent--;
        }
    }

    /** The bits of the header, without the three of every block's. */
    long cost() {
        return 5
                + 5
                + 4
                + 3L * sent
                + code.cost(frequency)
                + 2L * frequency[REPEAT]
                + 3L * frequency[ZEROS]
                + 7L * frequency[MANY_ZEROS];
    }

    void write(BitWriter bits) throws IOException {
        bits.put(literals - DeflateCodes.END_OF_BLOCK - 1, 5);
        bits.put(distances - 1, 5);
        bits.put(sent - MIN_SENT, 4);
        for (int i = 0; i < sent; i++) {
            bits.put(code.lengths()[DeflateCodes.orderOfCodeLengths(i)], 3);
        }
        for (int i = 0; i < count; i++) {
            int item = items[i] & 0xff;
            bits.put(code.codes()[item], code.lengths()[item]);
            int extra = items[i] >>> Byte.SIZE;
            switch (item) {
                case REPEAT -> bits.put(extra, 2);
                case ZEROS -> bits.put(extra, 3);
                case MANY_ZEROS -> bits.put(extra, 7);
                default -> {}
            }
        }
    }

    private void addRuns(int used) {
        int start = 0;
        while (start < used) {
            int end = start + 1;
            while (end < used && lengths[end] == lengths[start]) {
                end++;
            }
            if (lengths[start] == 0) {
                addZeros(end - start);
            } else {
                addRun(lengths[start], end - start);
            }
            start = end;
        }
    }

    private void addZeros(int run) {
        int left = run;
        while (left >= 11) {
            int taken = Math.min(left, 138);
            add(MANY_ZEROS | (taken - 11) << Byte.SIZE, 1);
            left -= taken;
        }
        if (left >= 3) {
            add(ZEROS | (left - 3) << Byte.SIZE, 1);
        } else {
            add(0, left);
        }
    }

    private void addRun(int length, int run) {
        add(length, 1);
        int left = run - 1;
        while (left >= 3) {
            int taken = Math.min(left, 6);
            add(REPEAT | (taken - 3) << Byte.SIZE, 1);
            left -= taken;
        }
        add(length, left);
    }

    private void add(int item, int times) {
        for (int i = 0; i < times; i++) {
            items[count++] = item;
        }
        frequency[item & 0xff] += times;
    }
}
