package dev.hotpatch.patchformat.deflate.encoder;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Stores content in blocks of one size and a smaller last one, which may be empty: what level 0 of zlib makes of small content and of content
 * that is written in pieces.
 */
public final class StoredEncoder implements DeflateEncoder {
    /** The most bytes that a stored block holds. */
    public static final int MAX_BLOCK = 65535;

    private final BitWriter bits;
    private final byte[] block;
    private int used;

    /**
     * An encoder that writes to {@code out}.
     *
     * @param blockLength the bytes of a block, 1 to {@link #MAX_BLOCK}
     */
    public StoredEncoder(OutputStream out, int blockLength) {
        this.bits = new BitWriter(out);
        this.block = new byte[blockLength];
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int taken = 0;
        while (taken < length) {
            int part = Math.min(length - taken, block.length - used);
            System.arraycopy(bytes, offset + taken, block, used, part);
            used += part;
            taken += part;
            if (used == block.length) {
                endBlock(false);
            }
        }
    }

    @Override
    public void sync() throws IOException {
        if (used > 0) {
            endBlock(false);
        }
        endBlock(false);
        bits.flush();
    }

    @Override
    public void finish() throws IOException {
        endBlock(true);
        bits.flush();
    }

    private void endBlock(boolean last) throws IOException {
        bits.putStored(block, 0, used, last);
        used = 0;
    }
}
