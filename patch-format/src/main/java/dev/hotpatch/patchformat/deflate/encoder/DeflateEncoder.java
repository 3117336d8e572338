package dev.hotpatch.patchformat.deflate.encoder;

import java.io.IOException;

/**
 * Turns bytes into one raw deflate stream (RFC 1951), in memory that does not grow with the content. Which stream, of the many
 * that inflate to the same bytes, is the point of each implementation: it equals, bit for bit, what one well-known encoder makes.
 * For one thread at a time. An encoder owns nothing that needs closing; the stream it writes to stays open.
 */
public interface DeflateEncoder {
    /**
     * Takes the next bytes of the content; the array is not kept.
     *
     * @throws IndexOutOfBoundsException if the range is not within the array
     * @throws IOException from the stream written to
     */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Ends the current block and adds an empty stored block, so that all written so far can be inflated (zlib's
     * {@code Z_SYNC_FLUSH}, Go's {@code Flush}).
     *
     * @throws IOException from the stream written to
     */
    void sync() throws IOException;

    /**
     * Ends the deflate stream and hands everything to the stream written to. Nothing may be called after it.
     *
     * @throws IOException from the stream written to
     */
    void finish() throws IOException;
}
