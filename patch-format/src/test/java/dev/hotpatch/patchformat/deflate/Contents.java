package dev.hotpatch.patchformat.deflate;

import java.util.Locale;

/** Content that tries encoders, the same for the same seed; {@code src/test/go/streams.go} makes the same. */
enum Contents {
    ZEROS,
    RANDOM,
    /** Few different bytes, so that chains are long and matches short. */
    BASES,
    TEXT,
    RUNS,
    /** Repetitions from just within and just beyond what an encoder reaches back. */
    FAR,
    /** Each byte half as frequent as the one before, so that trees are deeper than allowed. */
    STEEP,
    /** Pieces of all of these. */
    MIXED;

    private static final int[] DISTANCES = {32768, 32769, 32767, 32506, 32507, 32505, 4096, 4097, 4095, 1, 2, 3};

    /** xorshift64. */
    private static final class Numbers {
        private long state;

        Numbers(long seed) {
            this.state = seed * 0x9e3779b97f4a7c15L + 1;
        }

        long next() {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            return state;
        }

        int below(int bound) {
            return (int) ((next() >>> 33) % bound);
        }
    }

    byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        Numbers numbers = new Numbers(seed);
        if (this == MIXED) {
            int at = 0;
            while (at < size) {
                Contents piece = values()[numbers.below(values().length - 1)];
                int end = Math.min(size, at + 1 + numbers.below(20_000));
                piece.fill(bytes, at, end, numbers);
                at = end;
            }
        } else {
            fill(bytes, 0, size, numbers);
        }
        return bytes;
    }

    private void fill(byte[] bytes, int from, int to, Numbers numbers) {
        switch (this) {
            case ZEROS, MIXED -> {}
            case RANDOM -> {
                for (int i = from; i < to; i++) {
                    bytes[i] = (byte) numbers.below(256);
                }
            }
            case BASES -> {
                for (int i = from; i < to; i++) {
                    bytes[i] = (byte) "ACGT".charAt(numbers.below(4));
                }
            }
            case TEXT -> text(bytes, from, to, numbers);
            case RUNS -> {
                int i = from;
                while (i < to) {
                    byte value = (byte) numbers.below(5);
                    int length = 1 + numbers.below(1 + numbers.below(600));
                    for (int end = Math.min(to, i + length); i < end; i++) {
                        bytes[i] = value;
                    }
                }
            }
            case FAR -> far(bytes, from, to, numbers);
            case STEEP -> {
                for (int i = from; i < to; i++) {
                    bytes[i] = (byte) (Long.numberOfTrailingZeros(numbers.next()) * 5);
                }
            }
        }
    }

    private static void text(byte[] bytes, int from, int to, Numbers numbers) {
        byte[][] words = new byte[200][];
        for (int w = 0; w < words.length; w++) {
            words[w] = new byte[2 + numbers.below(8)];
            for (int i = 0; i < words[w].length - 1; i++) {
                words[w][i] = (byte) ('a' + numbers.below(1 + numbers.below(26)));
            }
            words[w][words[w].length - 1] = ' ';
        }
        int at = from;
        while (at < to) {
            for (byte letter : words[numbers.below(1 + numbers.below(words.length))]) {
                if (at < to) {
                    bytes[at++] = letter;
                }
            }
        }
    }

    private static void far(byte[] bytes, int from, int to, Numbers numbers) {
        int at = from;
        while (at < to) {
            int distance = DISTANCES[numbers.below(DISTANCES.length)];
            int length = 1 + numbers.below(1 + numbers.below(280));
            boolean repeat = numbers.below(3) > 0 && distance <= at;
            for (int end = Math.min(to, at + length); at < end; at++) {
                bytes[at] = repeat ? bytes[at - distance] : (byte) numbers.below(256);
            }
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
