package dev.hotpatch.patchformat.deflate.encoder;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Packs bits into bytes, the first bit lowest (RFC 1951, section 3.1.1). */
public final class BitWriter {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int CAPACITY = 8192;

    private final OutputStream out;
    private final byte[] buffer = new byte[CAPACITY + 8];
    private int used;
    private long bits;
    private int count;

    /** A writer to {@code out}, which stays open. */
    public BitWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Adds the {@code length} lowest bits of {@code value}; its other bits must be zero.
     *
     * @param length 0 to 31
     * @throws IOException from the stream written to
     */
    public void put(int value, int length) throws IOException {
        bits |= (long) value << count;
        count += length;
        if (count >= Integer.SIZE) {
            INT.set(buffer, used, (int) bits);
            used += Integer.BYTES;
            bits >>>= Integer.SIZE;
            count -= Integer.SIZE;
            if (used >= CAPACITY) {
                drain();
            }
        }
    }

    /** How many bits of the current byte are in use, 0 to 7. */
    public int partialBits() {
        return count & 7;
    }

    /**
     * Adds a stored block (RFC 1951, section 3.2.4).
     *
     * @param length 0 to 65535
     * @throws IOException from the stream written to
     */
    public void putStored(byte[] bytes, int offset, int length, boolean last) throws IOException {
        put(last ? 1 : 0, 3);
        align();
        put(length, Short.SIZE);
        put(~length & 0xffff, Short.SIZE);
        align();
        if (length > buffer.length - used) {
            drain();
            out.write(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, buffer, used, length);
            used += length;
            if (used >= CAPACITY) {
                drain();
            }
        }
    }

    /**
     * Fills the current byte with zero bits and hands all bytes on.
     *
     * @throws IOException from the stream written to
     */
    public void flush() throws IOException {
        align();
        drain();
    }

    private void align() throws IOException {
        while (count > 0) {
            buffer[used++] = (byte) bits;
            bits >>>= Byte.SIZE;
            count -= Byte.SIZE;
        }
        bits = 0;
        count = 0;
        if (used >= CAPACITY) {
            drain();
        }
    }

    private void drain() throws IOException {
        out.write(buffer, 0, used);
        used = 0;
    }
}
