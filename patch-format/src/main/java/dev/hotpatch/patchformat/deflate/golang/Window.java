package dev.hotpatch.patchformat.deflate.golang;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The last 32 KiB of content and up to 32 KiB more that wait to be encoded, with chains of positions of the same four bytes. */
final class Window {
    static final int SIZE = 1 << 15;
    /** Matches are at least this long. */
    static final int MIN_MATCH = 4;

    private static final VarHandle BIG_INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int HASH_BITS = 17;
    private static final int MULTIPLIER = 0x1e35a7bd;
    /** Positions are counted from the beginning, and counted anew before they overflow. */
    private static final int REBASE_AT = 1 << 30;

    final byte[] bytes = new byte[2 * SIZE];
    /** One after the last byte there is. */
    int end;

    private final int[] head = new int[1 << HASH_BITS];
    private final int[] previous = new int[SIZE];
    /** What is added to a position in the window when it is entered; 0 is none. */
    private int offset = 1;

    int append(byte[] from, int start, int length) {
        int taken = Math.min(length, bytes.length - end);
        System.arraycopy(from, start, bytes, end, taken);
        end += taken;
        return taken;
    }

    boolean full() {
        return end == bytes.length;
    }

    /** Enters a position whose four bytes are there, and returns the position before with the same hash, or a negative number. */
    int enter(int at) {
        int hash = ((int) BIG_INT.get(bytes, at) * MULTIPLIER) >>> (Integer.SIZE - HASH_BITS);
        int before = head[hash];
        previous[at & (SIZE - 1)] = before;
        head[hash] = at + offset;
        return before - offset;
    }

    /** The position before this one with the same hash, or a negative number. */
    int before(int at) {
        return previous[at & (SIZE - 1)] - offset;
    }

    /** Forgets the older half. */
    void slide() {
        System.arraycopy(bytes, SIZE, bytes, 0, SIZE);
        end -= SIZE;
        offset += SIZE;
        if (offset > REBASE_AT) {
            int difference = offset - 1;
            rebase(head, difference);
            rebase(previous, difference);
            offset = 1;
        }
    }

    private static void rebase(int[] positions, int difference) {
        for (int i = 0; i < positions.length; i++) {
            positions[i] = Math.max(positions[i] - difference, 0);
        }
    }

    /** How many bytes, at most {@code most}, are the same from both positions on. */
    int common(int a, int b, int most) {
        int found = Arrays.mismatch(bytes, a, a + most, bytes, b, b + most);
        return found < 0 ? most : found;
    }
}
