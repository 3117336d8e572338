package dev.hotpatch.patchformat.layerdelta;

import java.util.Arrays;

/** Codes whole numbers from 0 up: how many bits one has, then the bits, each predicted by what came before in the same context. For one thread. */
final class NumberModel {
    private static final int LIMIT = 60;

    private final int[] lengths;
    private final int[] bits;

    /** For so many contexts. */
    NumberModel(int contexts) {
        lengths = new int[contexts * 64];
        bits = new int[contexts * 32 * 64];
        Arrays.fill(lengths, 1 << 31);
        Arrays.fill(bits, 1 << 31);
    }

    /**
     * Codes one number.
     *
     * @param value for an encoder
     */
    int code(BitCoder coder, int value, int context) {
        int wanted = 32 - Integer.numberOfLeadingZeros(value);
        int length = 0;
        // Unary, in a context of its own for each step: short numbers, which are most, cost few steps.
        while (length < 31) {
            int more = bit(coder, wanted > length ? 1 : 0, lengths, context * 64 + length);
            if (more == 0) {
                break;
            }
            length++;
        }
        if (length <= 1) {
            return length;
        }
        int result = 1;
        for (int i = length - 2; i >= 0; i--) {
            // The leading bits are predicted in full, the others by their place.
            int slot = result < 32 ? result : 32 + i;
            result = (result << 1) | bit(coder, (value >>> i) & 1, bits, (context * 32 + length) * 64 + slot);
        }
        return result;
    }

    private static int bit(BitCoder coder, int bit, int[] slots, int index) {
        int one = Math.max(32, Math.min(65536 - 32, slots[index] >>> 16));
        int coded = coder.code(one, bit);
        slots[index] = ByteModel.adapted(slots[index], coded, LIMIT);
        return coded;
    }
}
