package dev.hotpatch.differ.tar;

import dev.hotpatch.differ.content.BadContentException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bounds what is read between two contents of a tar. Extended headers are read into memory by the library, and a compressed layer can
 * promise gigabytes of them in a few kilobytes.
 */
final class HeaderGuard extends FilterInputStream {
    private final String what;
    private long position;
    private long limit = Long.MAX_VALUE;

    HeaderGuard(InputStream in, String what) {
        super(in);
        this.what = what;
    }

    /** Allows so many bytes from here. */
    void allow(long bytes) {
        limit = bytes > Long.MAX_VALUE - position ? Long.MAX_VALUE : position + bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (position >= limit && length > 0) {
            throw new BadContentException(what + ": tar headers are too large");
        }
        int count = in.read(buffer, offset, (int) Math.min(length, limit - position));
        position += Math.max(0, count);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = in.skip(Math.min(count, limit - position));
        position += skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
