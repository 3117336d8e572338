package dev.hotpatch.patchformat.layerdelta;

/** Probabilities as logarithms of odds, in whole numbers, so that every JVM comes to the same result. */
final class Logistic {
    /** Odds are kept in 256ths: 2,047 are odds of e^8. */
    static final int LIMIT = 2047;

    private static final int[] SQUASH = new int[2 * LIMIT + 2];
    private static final short[] STRETCH = new short[4096];

    static {
        // e^(1/256) in 2.30 fixed point, raised step by step: no floating point, which may differ in its last digits.
        java.math.BigDecimal step = new java.math.BigDecimal("1.00391388933834757344");
        java.math.MathContext digits = new java.math.MathContext(30);
        java.math.BigDecimal odds = java.math.BigDecimal.ONE;
        for (int i = 0; i <= LIMIT + 1; i++) {
            int p = odds.multiply(java.math.BigDecimal.valueOf(65536))
                    .divide(odds.add(java.math.BigDecimal.ONE), digits)
                    .intValue();
            if (i <= LIMIT) {
                SQUASH[LIMIT + i] = Math.min(p, 65535);
            }
            if (i > 0 && i <= LIMIT) {
                SQUASH[LIMIT - i] = Math.max(1, 65536 - p);
            }
            odds = odds.multiply(step, digits);
        }
        SQUASH[2 * LIMIT + 1] = 65535;
        int at = 0;
        for (int p = 0; p < 4096; p++) {
            while (at < 2 * LIMIT && SQUASH[at] < p * 16 + 8) {
                at++;
            }
            STRETCH[p] = (short) (at - LIMIT);
        }
    }

    private Logistic() {}

    /** From odds to a probability of 65,536. */
    static int squash(int odds) {
        return SQUASH[Math.max(-LIMIT, Math.min(LIMIT, odds)) + LIMIT];
    }

    /** From a probability of 4,096 to odds. */
    static int stretch(int probability) {
        return STRETCH[probability];
    }
}
