package dev.hotpatch.patchformat.deflate.zlib;

import dev.hotpatch.patchformat.deflate.encoder.BitWriter;
import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import dev.hotpatch.patchformat.deflate.encoder.PrefixCode;
import java.io.IOException;
import java.util.Arrays;

/** The header of a dynamic block (RFC 1951, section 3.2.7), with runs cut as zlib cuts them. */
final class CodeLengths {
    private static final int REPEAT = 16;
    private static final int ZEROS = 17;
    private static final int MANY_ZEROS = 18;
    private static final int MIN_SENT = 4;

    private final int[] frequency = new int[DeflateCodes.CODE_LENGTHS];
    private final PrefixCode code = new PrefixCode(DeflateCodes.CODE_LENGTHS);
    /** A code length or repetition, and what follows it shifted by eight bits. */
    private final int[] items = new int[DeflateCodes.LITERALS + DeflateCodes.DISTANCES];

    private int count;
    private int literals;
    private int distances;
    private int sent;

    /** Takes the codes to be described. */
    void describe(PrefixCode literalCode, PrefixCode distanceCode, TreeBuilder trees) {
        Arrays.fill(frequency, 0);
        count = 0;
        literals = literalCode.used();
        distances = distanceCode.used();
        addRuns(literalCode.lengths(), literals);
        addRuns(distanceCode.lengths(), distances);
        trees.build(frequency, code, DeflateCodes.MAX_CODE_LENGTH_BITS);
        sent = DeflateCodes.CODE_LENGTHS;
        while (sent > MIN_SENT && code.lengths()[DeflateCodes.orderOfCodeLengths(sent - 1)] == 0) {
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

    private void addRuns(int[] lengths, int used) {
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
        while (left > 0) {
            int taken = Math.min(left, 138);
            if (taken < 3) {
                add(0, taken);
            } else if (taken <= 10) {
                add(ZEROS | (taken - 3) << Byte.SIZE, 1);
            } else {
                add(MANY_ZEROS | (taken - 11) << Byte.SIZE, 1);
            }
            left -= taken;
        }
    }

    private void addRun(int length, int run) {
        add(length, 1);
        int left = run - 1;
        while (left > 0) {
            int taken = Math.min(left, 6);
            if (taken < 3) {
                add(length, taken);
            } else {
                add(REPEAT | (taken - 3) << Byte.SIZE, 1);
            }
            left -= taken;
        }
    }

    private void add(int item, int times) {
        for (int i = 0; i < times; i++) {
            items[count++] = item;
        }
        frequency[item & 0xff] += times;
    }
}
