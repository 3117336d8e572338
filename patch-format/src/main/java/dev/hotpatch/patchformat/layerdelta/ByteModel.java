package dev.hotpatch.patchformat.layerdelta;

import java.util.Arrays;

/**
 * Codes bytes whose contexts are known to both ends: each context has seen what followed it before, and a mixer weighs their predictions by how
 * well they did (logistic mixing, as in the PAQ family of compressors). For one thread.
 */
final class ByteModel {
    /** Always as many, which lets the compiler unroll what is done for each. */
    private static final int CONTEXTS = 6;

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
    /** So that the sum of all weighed predictions stays within 31 bits. */
    private static final int HEAVIEST = 1 << 17;

    private final int shift;
    private final int bits;
    /** Of each context in turn: per slot the probability of a 1 in the upper 22 bits, how often it was asked in the lower 10. */
    private final int[] slots;

    private final int[] weights;
    private final int[] hashes = new int[CONTEXTS];
    private final int[] places = new int[CONTEXTS];
    private final int[] inputs = new int[CONTEXTS];

    /**
     * Starts knowing nothing.
     *
     * @param bits of the number of slots per context
     * @param sets of weights
     */
    ByteModel(int bits, int sets) {
        this.bits = bits;
        this.shift = Integer.SIZE - bits + NIBBLE;
        this.slots = new int[CONTEXTS << bits];
        Arrays.fill(slots, 1 << 31);
        this.weights = new int[sets * SET * (CONTEXTS + 1)];
        Arrays.fill(weights, (1 << 16) * 2 / 5);
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
        for (int i = 0; i < CONTEXTS; i++) {
            int hash = (hashes[i] + salt * 0x2545F491) * 0x1B873593;
            places[i] = (i << bits) + ((((hash ^ (hash >>> 13)) * 0x9E3779B1) >>> shift) << NIBBLE);
        }
        int partial = 1;
        for (int bit = NIBBLE - 1; bit >= 0; bit--) {
            partial = (partial << 1) | bit(coder, (value >>> bit) & 1, partial, (weightSet + partial) * (CONTEXTS + 1));
        }
        return partial & 15;
    }

    private int bit(BitCoder coder, int bit, int partial, int base) {
        int dot = weights[base + CONTEXTS] << 6;
        for (int i = 0; i < CONTEXTS; i++) {
            int odds = Logistic.stretch(slots[places[i] + partial] >>> 20);
            inputs[i] = odds;
            dot += odds * weights[base + i];
        }
        int mixed = Logistic.squash(dot >> 16);
        int coded = coder.code(Math.max(32, Math.min(65536 - 32, mixed)), bit);
        int error = (((coded << 16) - mixed) * RATE) >> 4;
        for (int i = 0; i < CONTEXTS; i++) {
            int weight = weights[base + i] + ((inputs[i] * error + 0x2000) >> 14);
            weights[base + i] = Math.max(-HEAVIEST, Math.min(HEAVIEST, weight));
            int place = places[i] + partial;
            slots[place] = adapted(slots[place], coded, LIMIT);
        }
        weights[base + CONTEXTS] += (256 * error + 0x2000) >> 14;
        return coded;
    }

    /** What a slot is after {@code bit} was seen. */
    static int adapted(int slot, int bit, int limit) {
        int count = slot & 0x3ff;
        int p = slot >>> 10;
        int target = bit << 22;
        p += (int) (((long) (target - p) * RATES[count]) >> 16);
        return (p << 10) | Math.min(count + 1, limit);
    }
}
