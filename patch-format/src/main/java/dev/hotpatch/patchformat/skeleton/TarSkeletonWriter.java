package dev.hotpatch.patchformat.skeleton;

import dev.hotpatch.patchformat.codec.Compression;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a tar skeleton (docs/patch-format.md, section 6) from the start of the tar to its end. For one thread; closing ends the skeleton, not the
 * stream below.
 */
public final class TarSkeletonWriter implements Closeable {
    static final byte[] MAGIC = "hptarsk1".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /**
     * Writes the head.
     *
     * @param tarSize size of the whole tar, in bytes
     */
    public TarSkeletonWriter(OutputStream target, long tarSize) throws IOException {
        out = Compression.zstd(target);
        out.write(MAGIC);
        number(tarSize);
    }

    /** Bytes of the tar, as they are. */
    public void bytes(byte[] part, int offset, int length) throws IOException {
        bytes.write(part, offset, length);
    }

    /**
     * The content of a file, in whole.
     *
     * @param path one of which {@link TarSkeleton#canName} is true
     * @param size in bytes
     */
    public void file(String path, long size) throws IOException {
        if (!TarSkeleton.canName(path)) {
            throw new IllegalArgumentException("a skeleton cannot name the file " + path);
        }
        flushBytes();
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        number(name.length);
        out.write(name);
        number(size);
    }

    private void flushBytes() throws IOException {
        number(bytes.size());
        bytes.writeTo(out);
        bytes.reset();
    }

    private void number(long value) throws IOException {
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    @Override
    public void close() throws IOException {
        flushBytes();
        number(0);
        out.close();
    }
}
