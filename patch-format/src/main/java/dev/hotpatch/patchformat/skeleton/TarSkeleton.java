package dev.hotpatch.patchformat.skeleton;

import dev.hotpatch.patchformat.codec.Compression;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A tar, put together while it is read, of its skeleton and the files that were unpacked from it. Whether it is the right one only its digest
 * says. For one thread; closing closes the skeleton and the file that is being read.
 */
public final class TarSkeleton extends InputStream {
    /** Larger skeletons are neither made nor read, in bytes as they are stored. */
    public static final int MAX_BYTES = 16 << 20;

    private static final long MAX_TAR = 1L << 40;
    private static final int MAX_PATH = 4096;

    private final InputStream skeleton;
    private final Files files;
    private final long size;
    /** Where bytes come from: the skeleton, or a file; ended by {@link #left}. */
    private InputStream source;

    private long left;
    private long given;
    private boolean ended;

    /** The files that were unpacked from the tar. */
    @FunctionalInterface
    public interface Files {
        /**
         * The content of a file. The caller closes it.
         *
         * @param path relative, without empty parts, {@code .} and {@code ..}; its parts may be symbolic links of somebody hostile
         * @param size that is expected, in bytes
         * @throws IOException if there is no regular file of that name and size
         */
        InputStream open(String path, long size) throws IOException;
    }

    private TarSkeleton(InputStream skeleton, Files files, long size) throws IOException {
        this.skeleton = skeleton;
        this.files = files;
        this.size = size;
        this.source = skeleton;
    }

    /**
     * Reads the head.
     *
     * @param stored the skeleton as it is stored; not closed if this fails
     * @throws LayerDeltaException if that is no skeleton
     */
    public static TarSkeleton open(InputStream stored, Files files) throws IOException {
        InputStream in = Compression.unzstd(stored);
        if (!Arrays.equals(in.readNBytes(TarSkeletonWriter.MAGIC.length), TarSkeletonWriter.MAGIC)) {
            throw new LayerDeltaException("not a tar skeleton, or one of a later format");
        }
        TarSkeleton tar = new TarSkeleton(in, files, number(in, "size of the tar", MAX_TAR));
        tar.startBytes();
        return tar;
    }

    /** Size of the tar, in bytes. */
    public long size() {
        return size;
    }

    /** Whether a file with this path can stand in a skeleton. */
    public static boolean canName(String path) {
        List<String> parts = List.of(path.split("/", -1));
        return path.length() <= MAX_PATH / 4
                && path.chars().noneMatch(c -> c == 0 || c == 0xfffd)
                && StandardCharsets.UTF_8.newEncoder().canEncode(path)
                && parts.stream().noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (left == 0 && !ended) {
            next();
        }
        if (ended) {
            return -1;
        }
        int count = source.read(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw source == skeleton
                    ? new EOFException("tar skeleton: ends within bytes of the tar")
                    : new LayerDeltaException("a file of the layer ended " + left + " bytes before its size");
        }
        left -= count;
        return count;
    }

    /** Goes on after a part: bytes are followed by a file, a file by bytes. */
    private void next() throws IOException {
        if (source != skeleton) {
            source.close();
            source = skeleton;
            startBytes();
            return;
        }
        int length = (int) number(skeleton, "length of a path", MAX_PATH);
        if (length == 0) {
            if (given != size || skeleton.read() >= 0) {
                throw new LayerDeltaException(
                        "tar skeleton: gives " + given + " bytes of a tar of " + size + ", or goes on behind its end");
            }
            ended = true;
            return;
        }
        String path = path(skeleton.readNBytes(length));
        long expected = take(number(skeleton, "size of a file", MAX_TAR));
        source = files.open(path, expected);
        left = expected;
    }

    private void startBytes() throws IOException {
        left = take(number(skeleton, "number of bytes", MAX_TAR));
    }

    private long take(long bytes) throws LayerDeltaException {
        if (bytes > size - given) {
            throw new LayerDeltaException("tar skeleton: gives more than the " + size + " bytes of its tar");
        }
        given += bytes;
        return bytes;
    }

    private static String path(byte[] bytes) throws LayerDeltaException {
        try {
            String path = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (canName(path)) {
                return path;
            }
        } catch (CharacterCodingException e) {
            throw new LayerDeltaException("tar skeleton: a path is not UTF-8", e);
        }
        throw new LayerDeltaException("tar skeleton: a path leaves its folder, or is not in its shortest form");
    }

    private static long number(InputStream in, String what, long max) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("tar skeleton: ends before " + what);
            }
            value |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                if (value > max || (octet == 0 && shift > 0)) {
                    break;
                }
                return value;
            }
        }
        throw new LayerDeltaException("tar skeleton: " + what + ": expected at most " + max + ", in its shortest form");
    }

    @Override
    public void close() throws IOException {
        try {
            source.close();
        } finally {
            skeleton.close();
        }
    }
}
