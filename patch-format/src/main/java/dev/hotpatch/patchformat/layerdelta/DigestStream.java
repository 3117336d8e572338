package dev.hotpatch.patchformat.layerdelta;

import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Hashes what is written. Closing it does nothing to the stream below. For one thread. */
final class DigestStream extends FilterOutputStream {
    private final MessageDigest sha256 = Digest.sha256();
    private final LayerDelta.Content expected;
    private final String what;
    private long count;

    DigestStream(OutputStream out, LayerDelta.Content expected, String what) {
        super(out);
        this.expected = expected;
        this.what = what;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        count += length;
        if (count > expected.size()) {
            throw new DigestMismatchException(what + ": more than " + expected.size() + " bytes come of the delta");
        }
        sha256.update(bytes, offset, length);
        out.write(bytes, offset, length);
    }

    /** Says whether all that was expected was written, and nothing else. */
    void verify() throws DigestMismatchException {
        Digest found = Digest.finish(sha256);
        if (count != expected.size() || !found.equals(expected.digest())) {
            throw new DigestMismatchException(what + ": expected " + expected.digest() + " of " + expected.size()
                    + " bytes, the delta gave " + found + " of " + count);
        }
    }

    @Override
    public void close() {
        // Whoever made the stream below closes it.
    }
}
