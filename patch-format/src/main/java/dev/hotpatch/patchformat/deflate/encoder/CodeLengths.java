package dev.hotpatch.patchformat.deflate.encoder;

import java.io.IOException;
import java.util.Arrays;

/**
 * The header of a dynamic block (RFC 1951, section 3.2.7): the lengths of its codes, as runs that have a code of their own. Filled again and
 * again; for one thread.
 */
public final class CodeLengths {
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

    /** Begins the header of a block whose codes have so many literals and lengths, and so many distances. */
    public void begin(int literalCount, int distanceCount) {
        Arrays.fill(frequency, 0);
        count = 0;
        literals = literalCount;
        distances = distanceCount;
    }

    /** Adds the first so many lengths; no run goes on into what is added next. */
    public void add(int[] lengths, int used) {
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

    /** How often each code length or repetition occurs among those that were added. */
    public int[] frequency() {
        return frequency;
    }

    /** The code in which they are written; to be built from {@link #frequency()} before {@link #end}. */
    public PrefixCode code() {
        return code;
    }

    /**
     * Ends the header.
     *
     * @param values one for each code length: the lengths of those from the last on that are 0 here, in the order of the RFC, are left out
     */
    public void end(int[] values) {
        sent = DeflateCodes.CODE_LENGTHS;
        while (sent > MIN_SENT && values[DeflateCodes.orderOfCodeLengths(sent - 1)] == 0) {
            sent--;
        }
    }

    /** The bits of the header, without the three of every block's. */
    public long cost() {
        return 5
                + 5
                + 4
                + 3L * sent
                + code.cost(frequency)
                + 2L * frequency[REPEAT]
                + 3L * frequency[ZEROS]
                + 7L * frequency[MANY_ZEROS];
    }

    /** Writes it. */
    public void write(BitWriter bits) throws IOException {
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
