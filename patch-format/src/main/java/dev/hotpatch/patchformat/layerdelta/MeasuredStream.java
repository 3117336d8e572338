package dev.hotpatch.patchformat.layerdelta;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/** Counts what is written, adds up its checksum, and refuses more than a limit. Closing it does nothing to the stream below. For one thread. */
final class MeasuredStream extends FilterOutputStream {
    private final CRC32 checksum = new CRC32();
    private final long limit;
    private final String what;
    private long count;

    MeasuredStream(OutputStream out, long limit, String what) {
        super(out);
        this.limit = limit;
        this.what = what;
    }

    long count() {
        return count;
    }

    long checksum() {
        return checksum.getValue();
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > limit - count) {
            throw new LayerDeltaException("layer delta: " + what + " gets more than " + limit + " bytes");
        }
        out.write(bytes, offset, length);
        checksum.update(bytes, offset, length);
        count += length;
    }

    @Override
    public void close() {
        // Whoever made the stream below closes it.
    }
}
