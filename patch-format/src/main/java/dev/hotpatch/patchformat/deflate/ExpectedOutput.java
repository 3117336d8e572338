package dev.hotpatch.patchformat.deflate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** Takes what an encoder makes, and stops it at the first byte that is not the expected one. */
final class ExpectedOutput extends OutputStream {
    /** Says that a byte was not the expected one. It is no error, so it has no stack trace. */
    static final class Mismatch extends IOException {
        private static final long serialVersionUID = 1;

        private Mismatch() {
            super("not the expected bytes");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private final InputStream expected;
    private final boolean cut;
    private final byte[] buffer = new byte[8192];

    /**
     * Compares with the bytes of {@code expected}, which stays open.
     *
     * @param cut whether anything may follow after the last of them
     */
    ExpectedOutput(InputStream expected, boolean cut) {
        this.expected = expected;
        this.cut = cut;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int done = 0;
        while (done < length) {
            int part = Math.min(buffer.length, length - done);
            int read = expected.readNBytes(buffer, 0, part);
            boolean equal = Arrays.equals(buffer, 0, read, bytes, offset + done, offset + done + read);
            if (!equal || (read < part && !cut)) {
                throw new Mismatch();
            }
            if (read < part) {
                return;
            }
            done += part;
        }
    }

    /** Whether all bytes that were expected have come. */
    boolean complete() throws IOException {
        return expected.read() < 0;
    }
}
