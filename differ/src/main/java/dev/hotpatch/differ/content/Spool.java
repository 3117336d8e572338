package dev.hotpatch.differ.content;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Content that is needed again, each once, one after the other in one temporary file. The file has no name any more once it is open, so
 * that nothing is left behind even by a process that is killed. Safe for several threads; closing frees the space.
 */
public final class Spool implements Closeable {
    /** Smaller content is handed out as a copy in memory, which is faster to jump about in. */
    private static final long IN_MEMORY = 32L << 20;

    private static final int BUFFER = 64 * 1024;

    /**
     * Content that was added.
     *
     * @param digest of its bytes
     * @param blob where it is
     */
    public record Added(Digest digest, Blob blob) {}

    private final FileChannel file;
    private final long maxBytes;
    private final Map<Digest, Blob> known = new HashMap<>();
    private long end;

    private Spool(FileChannel file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    /**
     * Makes an empty one.
     *
     * @param folder where the temporary file gets its space
     * @param maxBytes more is refused
     */
    public static Spool in(Path folder, long maxBytes) throws IOException {
        Path path = Files.createTempFile(folder, "hotpatch", ".spool");
        return new Spool(
                FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE),
                maxBytes);
    }

    /** Reads {@code in} to its end and keeps it, unless the same content is there already. */
    public synchronized Added add(InputStream in) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[BUFFER];
        long position = end;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            requireSpace(position + count);
            sha256.update(buffer, 0, count);
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
            while (bytes.hasRemaining()) {
                position += file.write(bytes, position);
            }
        }
        Blob blob = new Blob(end, position - end);
        Digest digest = Digest.finish(sha256);
        Blob other = known.putIfAbsent(digest, blob);
        if (other == null) {
            end = position;
        }
        return new Added(digest, other == null ? blob : other);
    }

    /** Keeps the bytes, unless the same content is there already. */
    public Added add(byte[] content) throws IOException {
        Digest digest = Digest.of(content);
        synchronized (this) {
            Blob other = known.get(digest);
            if (other != null) {
                return new Added(digest, other);
            }
            requireSpace(end + content.length);
            Blob blob = new Blob(end, content.length);
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                end += file.write(bytes, end);
            }
            known.put(digest, blob);
            return new Added(digest, blob);
        }
    }

    private void requireSpace(long bytes) throws IOException {
        if (bytes > maxBytes) {
            throw new IOException("more than " + maxBytes + " bytes of temporary space are needed; patch less at once");
        }
    }

    /** Where content with that digest is. */
    public synchronized Optional<Blob> find(Digest digest) {
        return Optional.ofNullable(known.get(digest));
    }

    /** All bytes of content that fits into memory. */
    public byte[] read(Blob blob) throws IOException {
        if (blob.size() > Integer.MAX_VALUE - 8) {
            throw new IOException(blob.size() + " bytes do not fit into memory");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) blob.size());
        while (bytes.hasRemaining()) {
            if (file.read(bytes, blob.offset() + bytes.position()) < 0) {
                throw new IOException("the temporary file was cut short by somebody else");
            }
        }
        return bytes.array();
    }

    /** A read-only view of some content, for one thread. */
    public SeekableByteChannel open(Blob blob) throws IOException {
        return blob.size() <= IN_MEMORY ? new SeekableInMemoryByteChannel(read(blob)) : new BlobChannel(file, blob);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
