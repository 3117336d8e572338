package dev.hotpatch.patchformat.oci;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Content that is hashed while it is read. The end of the stream is reached only if size and digest are the promised ones;
 * otherwise the read that would have returned -1 throws {@link DigestMismatchException}. No more than the promised size is ever
 * handed out. For one thread; closing closes the stream below.
 */
public final class VerifyingInputStream extends FilterInputStream {
    private final MessageDigest sha256 = Digest.sha256();
    private final Digest expected;
    private final long size;
    private long seen;
    private boolean ended;

    public VerifyingInputStream(InputStream in, Digest expected, long size) {
        super(in);
        this.expected = expected;
        this.size = size;
    }

    public VerifyingInputStream(InputStream in, Descriptor descriptor) {
        this(in, descriptor.digest(), descriptor.size());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0 || ended) {
            return ended ? -1 : 0;
        }
        // One byte more than promised is asked for, so that content that is too long is noticed.
        int wanted = (int) Math.min(length, Math.max(1, size - seen));
        int count = in.read(buffer, offset, wanted);
        if (count < 0) {
            finish();
            return -1;
        }
        if (seen + count > size) {
            throw new DigestMismatchException(
                    "content of " + expected + " is longer than the promised " + size + " bytes");
        }
        seen += count;
        sha256.update(buffer, offset, count);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[(int) Math.min(8192, Math.max(1, count))];
        long skipped = 0;
        while (skipped < count) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void finish() throws DigestMismatchException {
        ended = true;
        if (seen != size) {
            throw new DigestMismatchException(
                    "content of " + expected + " ended after " + seen + " of " + size + " bytes");
        }
        Digest found = Digest.finish(sha256);
        if (!found.equals(expected)) {
            throw new DigestMismatchException("expected content with digest " + expected + ", found " + found);
        }
    }
}
