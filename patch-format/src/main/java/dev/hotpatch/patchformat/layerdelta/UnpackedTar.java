package dev.hotpatch.patchformat.layerdelta;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A tar that a thread of its own writes to a temporary file while it is read: what is not there yet is waited for. Closing it ends the thread, without an
 * interrupt, which could close files that others read, and frees the space.
 */
public final class UnpackedTar implements BaseTar, Closeable {
    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private final long size;
    private final FileChannel file;
    private final BaseTar written;
    private final Thread thread = new Thread(this::run, "hotpatch-delta-base");
    private volatile long count;
    private volatile boolean closed;
    private @Nullable IOException failure;

    private UnpackedTar(InputStream in, long size, FileChannel file) {
        this.in = in;
        this.size = size;
        this.file = file;
        this.written = BaseTar.of(file);
    }

    /**
     * Starts the thread.
     *
     * @param in the tar, uncompressed; closed in any case
     * @param size how many bytes it must have
     * @param scratch a folder for the file
     */
    public static UnpackedTar start(InputStream in, long size, Path scratch) throws IOException {
        try {
            Path path = Files.createTempFile(scratch, "hotpatch", ".tar");
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            UnpackedTar tar = new UnpackedTar(in, size, file);
            tar.thread.setDaemon(true);
            tar.thread.start();
            return tar;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public void read(long offset, byte[] target, int length) throws IOException {
        long end = offset + length;
        if (end > size) {
            throw new LayerDeltaException("layer delta: a tar of the base has " + size + " bytes, not " + end);
        }
        if (end > count) {
            await(end);
        }
        written.read(offset, target, length);
    }

    private synchronized void await(long end) throws IOException {
        try {
            while (end > count) {
                if (failure != null) {
                    throw failure;
                }
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while a layer was rebuilt").initCause(e);
        }
    }

    private void run() {
        try (in) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0 && !closed; read = in.read(buffer)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                wrote(read);
            }
            if (count != size) {
                throw otherSize("ends after " + count);
            }
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException | OutOfMemoryError e) {
            fail(new IOException("a layer of the base cannot be unpacked: " + e, e));
        }
    }

    private LayerDeltaException otherSize(String found) {
        return new LayerDeltaException(
                "layer delta: a tar of the base " + found + " bytes; the delta was made with one of " + size);
    }

    private synchronized void wrote(int bytes) throws IOException {
        count += bytes;
        if (count > size) {
            throw otherSize("has more than " + size);
        }
        notifyAll();
    }

    private synchronized void fail(IOException e) {
        failure = e;
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        UninterruptedJoin.of(thread);
        file.close();
    }
}
