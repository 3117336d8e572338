package dev.hotpatch.patchformat.deflate.golang;

import java.io.IOException;

/** One of Go's ways to turn content into blocks. */
interface Compressor {
    /** Takes as many of these bytes as there is room for, at least one, and says how many. */
    int fill(byte[] bytes, int offset, int length) throws IOException;

    /** Encodes all that was taken, and ends the block. */
    void cut() throws IOException;
}
