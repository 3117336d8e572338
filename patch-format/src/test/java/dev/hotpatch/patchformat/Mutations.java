package dev.hotpatch.patchformat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damaged copies of good input, the same ones for the same seed: for readers of foreign bytes. */
public final class Mutations {
    private Mutations() {}

    /** {@code count} copies: bits flipped, bytes set, cut, inserted, repeated. */
    public static List<byte[]> of(byte[] good, int count, long seed) {
        Random random = new Random(seed);
        List<byte[]> mutants = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] mutant = good.clone();
            for (int edits = 1 + random.nextInt(3); edits > 0 && mutant.length > 0; edits--) {
                mutant = edit(mutant, random);
            }
            mutants.add(mutant);
        }
        return mutants;
    }

    private static byte[] edit(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            }
            case 1 -> {
                bytes[at] = (byte) random.nextInt(256);
                return bytes;
            }
            case 2 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 3 -> {
                return join(Arrays.copyOf(bytes, at), new byte[] {(byte) random.nextInt(256)}, bytes, at);
            }
            default -> {
                int end = at + random.nextInt(Math.min(64, bytes.length - at) + 1);
                return join(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, end), bytes, end);
            }
        }
    }

    private static byte[] join(byte[] head, byte[] middle, byte[] rest, int from) {
        byte[] joined = Arrays.copyOf(head, head.length + middle.length + rest.length - from);
        System.arraycopy(middle, 0, joined, head.length, middle.length);
        System.arraycopy(rest, from, joined, head.length + middle.length, rest.length - from);
        return joined;
    }
}
