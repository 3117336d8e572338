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

    private final int contexts;
    private final int mask;
    private final int limit;
    /** Per slot the probability of a 1 in the upper 22 bits, how often it was asked in the lower 10. */
    private final int[][] slots;
    private final int[] weights;
    private final int[] hashes;
    private final int[] indexes;
    private final int[] inputs;
    private final int rate;

    /**
     * Starts knowing nothing.
     *
     * @param contexts how many
     * @param bits of the number of slots per context
     * @param sets of weights
     */
    ByteModel(int contexts, int bits, int sets) {
        this.contexts = contexts;
        this.mask = (1 << bits) - 1;
        this.limit = 127;
        this.slots = new int[contexts][1 << bits];
        for (int[] slot : slots) {
            Arrays.fill(slot, 1 << 31);
        }
        this.weights = new int[sets * 256 * (contexts + 1)];
        Arrays.fill(weights, (1 << 16) * 2 / 5);
        this.hashes = new int[contexts];
        this.indexes = new int[contexts];
        this.inputs = new int[contexts + 1];
        this.rate = 10;
    }

    /** Sets a context of the byte that is coded next. */
    void context(int number, int hash) {
        hashes[number] = hash * 0x9E3779B1 ^ hash >>> 15;
    }

    /**
     * Codes one byte.
     *
     * @param value from 0 to 255, for an encoder
     * @param set which weights
     */
    int code(BitCoder coder, int value, int set) {
        int partial = 1;
        for (int bit = 7; bit >= 0; bit--) {
            int base = (set * 256 + partial) * (contexts + 1);
            int coded = codeBit(coder, value >>> bit & 1, partial, base);
            partial = partial << 1 | coded;
        }
        return partial & 0xff;
    }

    private int codeBit(BitCoder coder, int bit, int partial, int base) {
        long dot = 0;
        for (int i = 0; i < contexts; i++) {
            int index = (hashes[i] + partial * 0x3D4D51CB >>> 3) & mask;
            indexes[i] = index;
            int odds = Logistic.stretch(slots[i][index] >>> 20);
            inputs[i] = odds;
            dot += (long) odds * weights[base + i];
        }
        inputs[contexts] = 256;
        dot += 256L * weights[base + contexts] >> 2;
        int mixed = Logistic.squash((int) Math.max(-Logistic.LIMIT, Math.min(Logistic.LIMIT, dot >> 16)));
        int one = Math.max(32, Math.min(65536 - 32, mixed));
        int coded = coder.code(one, bit);
        int error = ((coded << 16) - mixed) * rate;
        for (int i = 0; i <= contexts; i++) {
            weights[base + i] += (inputs[i] * (error >> 4) + 0x2000) >> 14;
        }
        for (int i = 0; i < contexts; i++) {
            slots[i][indexes[i]] = adapted(slots[i][indexes[i]], coded, limit);
        }
        return coded;
    }

    /** What a slot is after {@code bit} was seen. */
    static int adapted(int slot, int bit, int limit) {
        int count = slot & 0x3ff;
        int p = slot >>> 10;
        int target = bit << 22;
        p += (int) ((long) (target - p) * RATES[count] >> 16);
        p = Math.max(0, Math.min((1 << 22) - 1, p));
        return p << 10 | Math.min(count + 1, limit);
    }
}
