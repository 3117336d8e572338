package dev.hotpatch.patchformat.layerdelta;

import java.util.Arrays;

/**
 * Codes bytes whose contexts are known to both ends: each context has seen what followed it before, and a mixer weighs their predictions by how
 * well they did (logistic mixing, as in the PAQ family of compressors). For one thread.
 */
final class ByteModel {
    private static final int RATE_LIMIT = 255;
    private static final int[] RATES = new int[RATE_LIMIT + 1];

    static {
        for (int i = 0; i <= RATE_LIMIT; i++) {
            RATES[i] = 65536 * 2 / (2 * i + 3);
        }
    }

    /** Bits that are told in one place of memory: two places a byte, which the processor's caches like better than eight. */
    private static final int NIBBLE = 4;

    /** Weights for the upper four bits, and for the lower ones after each of these. */
    private static final int SET = 16 * 17;

    private static final int LIMIT = 127;
    private static final int RATE = 10;

    private final int contexts;
    private final int shift;
    /** Per slot the probability of a 1 in the upper 22 bits, how often it was asked in the lower 10. */
    private final int[][] slots;

    private final int[] weights;
    private final int[] hashes;
    private final int[] places;
    private final int[] inputs;

    /**
     * Starts knowing nothing.
     *
     * @param contexts how many
     * @param bits of the number of slots per context
     * @param sets of weights
     */
    ByteModel(int contexts, int bits, int sets) {
        this.contexts = contexts;
        this.shift = Integer.SIZE - bits + NIBBLE;
        this.slots = new int[contexts][1 << bits];
        for (int[] slot : slots) {
            Arrays.fill(slot, 1 << 31);
        }
        this.weights = new int[sets * SET * (contexts + 1)];
        Arrays.fill(weights, (1 << 16) * 2 / 5);
        this.hashes = new int[contexts];
        this.places = new int[contexts];
        this.inputs = new int[contexts];
    }

    /** Sets a context of the byte that is coded next. */
    void context(int number, int hash) {
        hashes[number] = (hash ^ (hash >>> 15)) * 0x9E3779B1;
    }

    /**
     * Codes one byte.
     *
     * @param value from 0 to 255, for an encoder
     * @param set which weights
     */
    int code(BitCoder coder, int value, int set) {
        int high = nibble(coder, value >>> NIBBLE, set * SET, 0);
        int low = nibble(coder, value & 15, set * SET + 16 * (high + 1), high + 1);
        return (high << NIBBLE) | low;
    }

    private int nibble(BitCoder coder, int value, int weightSet, int salt) {
        for (int i = 0; i < contexts; i++) {
            int hash = (hashes[i] + salt * 0x2545F491) * 0x1B873593;
            places[i] = (((hash ^ (hash >>> 13)) * 0x9E3779B1) >>> shift) << NIBBLE;
        }
        int partial = 1;
        for (int bit = NIBBLE - 1; bit >= 0; bit--) {
            partial = (partial << 1) | bit(coder, (value >>> bit) & 1, partial, (weightSet + partial) * (contexts + 1));
        }
        return partial & 15;
    }

    private int bit(BitCoder coder, int bit, int partial, int base) {
        long dot = 64L * weights[base + contexts];
        for (int i = 0; i < contexts; i++) {
            int odds = Logistic.stretch(slots[i][places[i] + partial] >>> 20);
            inputs[i] = odds;
            dot += (long) odds * weights[base + i];
        }
        int mixed = Logistic.squash((int) Math.max(-Logistic.LIMIT, Math.min(Logistic.LIMIT, dot >> 16)));
        int coded = coder.code(Math.max(32, Math.min(65536 - 32, mixed)), bit);
        int error = (((coded << 16) - mixed) * RATE) >> 4;
        for (int i = 0; i < contexts; i++) {
            weights[base + i] += (inputs[i] * error + 0x2000) >> 14;
            int[] slot = slots[i];
            int place = places[i] + partial;
            slot[place] = adapted(slot[place], coded, LIMIT);
        }
        weights[base + contexts] += (256 * error + 0x2000) >> 14;
        return coded;
    }

    /** What a slot is after {@code bit} was seen. */
    static int adapted(int slot, int bit, int limit) {
        int count = slot & 0x3ff;
        int p = slot >>> 10;
        int target = bit << 22;
        p += (int) (((long) (target - p) * RATES[count]) >> 16);
        p = Math.max(0, Math.min((1 << 22) - 1, p));
        return (p << 10) | Math.min(count + 1, limit);
    }
}
