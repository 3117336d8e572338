package dev.hotpatch.patchformat.deflate.golang;

import dev.hotpatch.patchformat.deflate.encoder.BitWriter;
import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Makes the raw deflate streams of klauspost's pgzip with its usual settings, with which buildah, podman and skopeo compress layers: blocks of
 * 1 MiB, each compressed by level 5 of klauspost's flate with the last 16 KiB of the block before as dictionary. Compared:
 * klauspost's flate 1.15.12, and the layers of skopeo 1.9.3 and 1.18.0.
 */
public final class PgzipEncoder implements DeflateEncoder {
    private static final int BLOCK = 1 << 20;
    private static final int TAIL = 1 << 14;
    /** A cut part up to this size is stored, and up to the next one written without matches. */
    private static final int TINY = 32;

    private static final int SMALL = 128;

    private final PgzipBlocks blocks;
    private final PgzipSearch search = new PgzipSearch();
    private final Tokens tokens = new Tokens(Blocks.MAX_STORED + 1);
    /** The end of the block before, and the block. */
    private final byte[] buffer = new byte[TAIL + BLOCK];

    private int tail;
    private int used;

    /** An encoder that writes to {@code out}. */
    public PgzipEncoder(OutputStream out) {
        this.blocks = new PgzipBlocks(new BitWriter(out));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int taken = 0;
        while (taken < length) {
            int part = Math.min(length - taken, BLOCK - used);
            System.arraycopy(bytes, offset + taken, buffer, TAIL + used, part);
            used += part;
            taken += part;
            if (used == BLOCK) {
                sync();
            }
        }
    }

    /** Ends the current block of pgzip, also if it is empty. */
    @Override
    public void sync() throws IOException {
        search.reset();
        if (tail > 0) {
            search.encode(buffer, TAIL - tail, tail, tokens);
            tokens.count = 0;
        }
        int from = TAIL;
        int end = TAIL + used;
        while (end - from > Blocks.MAX_STORED) {
            part(from, Blocks.MAX_STORED, false);
            from += Blocks.MAX_STORED;
        }
        part(from, end - from, true);
        blocks.mark();
        tail = used > TAIL ? TAIL : 0;
        System.arraycopy(buffer, TAIL + used - tail, buffer, TAIL - tail, tail);
        used = 0;
    }

    private void part(int from, int length, boolean cut) throws IOException {
        if (length < SMALL) {
            if (length > TINY) {
                blocks.literals(buffer, from, length, true);
            } else if (length > 0) {
                blocks.stored(buffer, from, length);
            }
            return;
        }
        search.encode(buffer, from, length, tokens);
        if (tokens.count == 0) {
            blocks.stored(buffer, from, length);
        } else if (tokens.count > length - (length >> 4)) {
            blocks.literals(buffer, from, length, cut);
        } else {
            blocks.tokens(tokens, buffer, from, length, cut);
        }
        tokens.count = 0;
    }

    @Override
    public void finish() throws IOException {
        sync();
        blocks.finish();
    }
}
