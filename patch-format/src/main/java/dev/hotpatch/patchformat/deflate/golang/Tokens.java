package dev.hotpatch.patchformat.deflate.golang;

import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;

/** Literals and matches of one block. */
final class Tokens {
    /** A literal, or {@code distance << 8 | length - 3}. */
    final int[] values;

    int count;

    Tokens(int capacity) {
        this.values = new int[capacity];
    }

    void literal(byte value) {
        values[count++] = value & 0xff;
    }

    void literals(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            values[count++] = bytes[i] & 0xff;
        }
    }

    void match(int distance, int length) {
        values[count++] = distance << Byte.SIZE | length - DeflateCodes.MIN_MATCH;
    }

    boolean full() {
        return count == values.length;
    }
}
