package dev.hotpatch.differ.layerdelta;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Temporary files without names, so that nothing is left behind even by a process that is killed. Safe for several threads; closing frees all. */
final class Scratch implements Closeable {
    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final List<FileChannel> files = new ArrayList<>();
    private final FileChannel inflated;
    private long end;

    Scratch(Path folder) throws IOException {
        this.folder = folder;
        this.inflated = file();
    }

    /** A new file. */
    synchronized FileChannel file() throws IOException {
        Path path = Files.createTempFile(folder, "hotpatch", ".delta");
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        files.add(channel);
        return channel;
    }

    /** Writes to the end of a file. Closing it does nothing. */
    static OutputStream appending(FileChannel file) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                while (buffer.hasRemaining()) {
                    file.write(buffer);
                }
            }
        };
    }

    /** Inflates a raw deflate stream into a place of its own. */
    Region inflate(Region stored) throws IOException {
        Inflater inflater = new Inflater(true);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = new InflaterInputStream(stored.open(), inflater, BUFFER)) {
            byte[] small = in.readNBytes(BUFFER);
            if (small.length < BUFFER) {
                return keep(small);
            }
            FileChannel own = file();
            OutputStream out = appending(own);
            out.write(small);
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
            return new Region(own, -1, 0, own.size());
        } finally {
            inflater.end();
        }
    }

    private synchronized Region keep(byte[] bytes) throws IOException {
        long at = end;
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            end += inflated.write(buffer, end);
        }
        return new Region(inflated, -1, at, bytes.length);
    }

    @Override
    public synchronized void close() throws IOException {
        for (FileChannel file : files) {
            file.close();
        }
    }
}
