package dev.hotpatch.patchformat.deflate;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read again and again from the beginning. */
@FunctionalInterface
public interface ByteSource {
    /**
     * A new stream from the first byte on, to be closed by the caller.
     *
     * @throws IOException if the bytes cannot be reached
     */
    InputStream open() throws IOException;
}
