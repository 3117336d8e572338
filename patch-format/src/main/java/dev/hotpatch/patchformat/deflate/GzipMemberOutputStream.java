package dev.hotpatch.patchformat.deflate;

import dev.hotpatch.patchformat.deflate.encoder.DeflateEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/**
 * Writes one member of a gzip file: a header as given, what is written here as deflate stream, and the trailer that follows from it.
 * Closing it ends the member and leaves the stream below open, for the next one.
 */
public final class GzipMemberOutputStream extends OutputStream {
    private final OutputStream out;
    private final DeflateEncoder encoder;
    private final CRC32 checksum = new CRC32();
    private long length;
    private boolean closed;

    /**
     * Writes the header at once.
     *
     * @throws IOException from {@code out}
     */
    public GzipMemberOutputStream(OutputStream out, byte[] header, DeflateParameters parameters) throws IOException {
        this(out, header, parameters, false);
    }

    /**
     * Writes the header at once.
     *
     * @param platform as {@link DeflateParameters#open(OutputStream, boolean)} has it
     * @throws IOException from {@code out}
     */
    public GzipMemberOutputStream(OutputStream out, byte[] header, DeflateParameters parameters, boolean platform)
            throws IOException {
        this.out = out;
        out.write(header);
        this.encoder = parameters.open(out, platform);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (closed) {
            throw new IOException("a gzip member is written to after it was closed");
        }
        encoder.write(bytes, offset, count);
        checksum.update(bytes, offset, count);
        length += count;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        encoder.finish();
        writeInt(checksum.getValue());
        writeInt(length);
    }

    private void writeInt(long value) throws IOException {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write((int) (value >>> shift) & 0xff);
        }
    }
}
