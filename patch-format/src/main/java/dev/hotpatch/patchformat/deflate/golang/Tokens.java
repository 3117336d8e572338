package dev.hotpatch.patchformat.deflate.golang;

import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import java.util.Arrays;

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

    /** Writes a match that may be longer than one token can say. */
    void longMatch(int distance, int length) {
        int left = length;
        while (left > 0) {
            int part = left;
            if (left > DeflateCodes.MAX_MATCH) {
                // What is left over must still be long enough for a match.
                part = DeflateCodes.MAX_MATCH
                        - (left > DeflateCodes.MAX_MATCH + DeflateCodes.MIN_MATCH ? 0 : DeflateCodes.MIN_MATCH);
            }
            match(distance, part);
            left -= part;
        }
    }

    /** Sets how often each symbol occurs, without the end of the block. */
    void count(int[] literals, int[] distances) {
        Arrays.fill(literals, 0);
        Arrays.fill(distances, 0);
        for (int i = 0; i < count; i++) {
            int token = values[i];
            int distance = token >>> Byte.SIZE;
            if (distance == 0) {
                literals[token]++;
            } else {
                literals[DeflateCodes.END_OF_BLOCK + 1 + DeflateCodes.lengthCode(token & 0xff)]++;
                distances[DeflateCodes.distanceCode(distance - 1)]++;
            }
        }
    }
}
