package dev.hotpatch.patchformat.deflate.golang;

import dev.hotpatch.patchformat.deflate.encoder.BitWriter;
import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** Makes the raw deflate streams of Go's {@code compress/flate} up to Go 1.26 (compared: 1.15, 1.19, 1.24, 1.26). Go 1.27 has other encoders. */
public final class GoEncoder implements DeflateEncoder {
    /** The level that writes literals only. */
    public static final int HUFFMAN_ONLY = -2;

    private final Blocks blocks;
    private final Compressor compressor;

    /**
     * An encoder that writes to {@code out}.
     *
     * @param level -2 (no matches), 0 (stored) to 9; Go's default is 6
     * @param asWritten whether each write stands for a write of the Go program: at levels 2 to 9 its sizes can tell, rarely, whether the
     *     oldest bytes are still within reach. Without it all is as if written at once, or in pieces of a multiple of 512 bytes
     */
    public GoEncoder(OutputStream out, int level, boolean asWritten) {
        this.blocks = new Blocks(new BitWriter(out));
        this.compressor = switch (level) {
            case HUFFMAN_ONLY -> new BlockCompressor((bytes, length, cut) -> blocks.literalsOrStored(bytes, length));
            case 0 -> new BlockCompressor((bytes, length, cut) -> blocks.stored(bytes, 0, length));
            case 1 -> new BlockCompressor(new SpeedForm(blocks));
            default -> new ChainCompressor(blocks, level, asWritten);
        };
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int taken = 0;
        while (taken < length) {
            taken += compressor.fill(bytes, offset + taken, length - taken);
        }
    }

    /** Ends the current block and adds an empty stored one, also if nothing was written since that was done last. */
    @Override
    public void sync() throws IOException {
        compressor.cut();
        blocks.mark(false);
    }

    @Override
    public void finish() throws IOException {
        compressor.cut();
        blocks.mark(true);
    }
}
