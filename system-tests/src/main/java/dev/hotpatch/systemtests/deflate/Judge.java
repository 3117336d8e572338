package dev.hotpatch.systemtests.deflate;

import dev.hotpatch.patchformat.deflate.DeflateParameters;
import java.io.IOException;

/** An encoder that ours should equal. */
interface Judge extends AutoCloseable {
    /**
     * What it made.
     *
     * @param nanos how long that took
     */
    record Stream(byte[] bytes, long nanos) {}

    /** Which encoder this is, and its version. */
    String name();

    Stream deflate(byte[] content, DeflateParameters parameters) throws IOException;

    @Override
    void close() throws IOException;
}
