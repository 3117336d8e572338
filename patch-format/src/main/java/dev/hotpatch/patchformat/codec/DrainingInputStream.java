package dev.hotpatch.patchformat.codec;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content whose end is the end of the stored stream below, too: what follows the compressed data is read before -1 is returned. */
final class DrainingInputStream extends FilterInputStream {
    private final InputStream stored;

    DrainingInputStream(InputStream content, InputStream stored) {
        super(content);
        this.stored = stored;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        if (read < 0) {
            drain();
        }
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (count < 0) {
            drain();
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            stored.close();
        }
    }

    private void drain() throws IOException {
        byte[] rest = new byte[8192];
        while (stored.read(rest) >= 0) {
            // Only the verification below matters.
        }
    }
}
