package dev.hotpatch.systemtests.deflate;

import java.io.OutputStream;
import java.util.Arrays;

/** Takes a stream, and says where it first differs from the expected one. */
final class Expected extends OutputStream {
    private final byte[] expected;
    private int count;
    private long difference = -1;

    Expected(byte[] expected) {
        this.expected = expected;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (difference >= 0) {
            return;
        }
        int same = Arrays.mismatch(
                expected, count, Math.min(expected.length, count + length), bytes, offset, offset + length);
        if (same >= 0) {
            difference = count + (long) same;
        }
        count += length;
    }

    /** The first byte that differs, or -1; to be asked after the end. */
    long difference() {
        return difference >= 0 || count == expected.length ? difference : Math.min(count, expected.length);
    }
}
