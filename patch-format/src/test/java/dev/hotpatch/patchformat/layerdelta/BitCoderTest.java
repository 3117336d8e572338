package dev.hotpatch.patchformat.layerdelta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BitCoderTest {
    private static final int STEPS = 200_000;
    private static final int LEAST = 32;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void decoderReadsWhatEncoderWroteInLittleMoreThanItsInformation(long seed) {
        BitEncoder encoder = new BitEncoder();
        double bits = 0;
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(16) == 0) {
                encoder.octet(random.nextInt(256));
                bits += Byte.SIZE;
            } else {
                int one = probability(random);
                int bit = random.nextInt(65536) < one ? 1 : 0;
                encoder.code(one, bit);
                bits -= Math.log((bit == 1 ? one : 65536 - one) / 65536.0) / Math.log(2);
            }
        }
        byte[] code = encoder.finish();
        assertTrue(code.length <= bits / Byte.SIZE * 1.002 + 2, code.length + " bytes for " + bits + " bits");

        BitDecoder decoder = new BitDecoder(code);
        random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(16) == 0) {
                assertEquals(random.nextInt(256), decoder.octet(0));
            } else {
                int one = probability(random);
                assertEquals(random.nextInt(65536) < one ? 1 : 0, decoder.code(one, 0));
            }
        }
    }

    /** Carries run far where the unlikely bit 0 comes last of many steps that hardly move the interval. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 1000, 100_000})
    void carriesReachBackAsFarAsTheyMust(int likely) {
        BitEncoder encoder = new BitEncoder();
        for (int octet : new int[] {255, 255, 255, 254, 255}) {
            encoder.octet(octet);
        }
        for (int i = 0; i < likely; i++) {
            encoder.code(LEAST, 0);
        }
        encoder.code(65536 - LEAST, 0);
        BitDecoder decoder = new BitDecoder(encoder.finish());
        for (int octet : new int[] {255, 255, 255, 254, 255}) {
            assertEquals(octet, decoder.octet(0));
        }
        for (int i = 0; i < likely; i++) {
            assertEquals(0, decoder.code(LEAST, 0));
        }
        assertEquals(0, decoder.code(65536 - LEAST, 0));
    }

    private static int probability(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> LEAST;
            case 1 -> 65536 - LEAST;
            default -> LEAST + random.nextInt(65536 - 2 * LEAST);
        };
    }
}
