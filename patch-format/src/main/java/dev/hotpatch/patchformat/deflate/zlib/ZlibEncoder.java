package dev.hotpatch.patchformat.deflate.zlib;

import dev.hotpatch.patchformat.deflate.encoder.BitWriter;
import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Makes the raw deflate streams of zlib (compared: 1.2.13 and 1.3.2) with {@code windowBits} 15 and levels 1 to 9. Before 1.2.12 blocks of
 * {@link Strategy#FIXED} could be stored where they are not now. What is made does not depend on the sizes of writes.
 */
public final class ZlibEncoder implements DeflateEncoder {
    private final BitWriter bits;
    private final Window window;
    private final Blocks blocks;
    private final Matcher matcher;
    private boolean synced;

    /**
     * An encoder that writes to {@code out}.
     *
     * @param level 1 to 9
     * @param memoryLevel 1 to 9; zlib's default, and the JDK's, is 8
     */
    public ZlibEncoder(OutputStream out, int level, Strategy strategy, int memoryLevel) {
        Effort effort = Effort.ofLevel(level);
        this.bits = new BitWriter(out);
        this.window = new Window(memoryLevel);
        this.blocks = new Blocks(bits, memoryLevel, strategy == Strategy.FIXED);
        this.matcher = switch (strategy) {
            case HUFFMAN -> new LiteralMatcher(window, blocks);
            case RLE -> new RunMatcher(window, blocks);
            case DEFAULT, FILTERED, FIXED ->
                level < Effort.FIRST_LAZY_LEVEL
                        ? new FastMatcher(window, blocks, effort)
                        : new LazyMatcher(window, blocks, effort, strategy == Strategy.FILTERED);
        };
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int taken = 0;
        while (taken < length) {
            synced = false;
            taken += window.append(bytes, offset + taken, length - taken);
            if (window.full()) {
                window.catchUp();
                matcher.run(false);
            }
        }
    }

    /** Ends the current block and adds an empty stored one, unless nothing was written since that was done last. */
    @Override
    public void sync() throws IOException {
        if (!synced) {
            cut();
            bits.flush();
            synced = true;
        }
    }

    @Override
    public void finish() throws IOException {
        window.catchUp();
        matcher.run(true);
        blocks.end(window, true);
        bits.flush();
    }

    private void cut() throws IOException {
        window.catchUp();
        matcher.run(true);
        window.cut();
        if (!blocks.empty()) {
            blocks.end(window, false);
        }
        blocks.mark();
    }
}
