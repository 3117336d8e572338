package dev.hotpatch.differ.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that refuses to give more than so many bytes. For one thread; closing leaves the stream below open. */
public final class BoundedInputStream extends FilterInputStream {
    private final String what;
    private final long max;
    private long left;

    /**
     * Bounds {@code in}.
     *
     * @param max bytes; one more is an error
     * @param what what is read, for the message
     */
    public BoundedInputStream(InputStream in, long max, String what) {
        super(in);
        this.max = max;
        this.left = max;
        this.what = what;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, (int) Math.min(length, left + 1));
        left -= Math.max(count, 0);
        if (left < 0) {
            throw new BadContentException(what + ": more than " + max + " bytes; refused as a possible bomb");
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException(what + ": is read, never skipped");
    }

    @Override
    public void close() {
        // What is read is a part of a larger stream.
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
