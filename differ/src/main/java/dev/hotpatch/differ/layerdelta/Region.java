package dev.hotpatch.differ.layerdelta;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A part of a file. Safe for several threads; holds nothing that needs closing.
 *
 * @param channel where the file lies
 * @param start of the file in the channel, which may hold several
 * @param number of the file among those of the base; -1 on the target's side
 * @param offset of the part in the file
 * @param length in bytes
 */
record Region(FileChannel channel, long start, int number, long offset, long length) {
    /** A part of a file that has a channel of its own. */
    Region(FileChannel channel, int number, long offset, long length) {
        this(channel, 0, number, offset, length);
    }

    Region part(long from, long size) {
        if (from < 0 || size < 0 || from + size > length) {
            throw new IllegalArgumentException("bytes " + from + " to " + (from + size) + " of " + length);
        }
        return new Region(channel, start, number, offset + from, size);
    }

    byte[] read(long from, int size) throws IOException {
        byte[] bytes = new byte[size];
        read(from, bytes, size);
        return bytes;
    }

    /** All of it; it must be small enough for an array. */
    byte[] read() throws IOException {
        return read(0, Math.toIntExact(length));
    }

    private void read(long from, byte[] target, int size) throws IOException {
        if (from < 0 || from + size > length) {
            throw new IllegalArgumentException("bytes " + from + " to " + (from + size) + " of " + length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(target, 0, size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, start + offset + from + buffer.position()) < 0) {
                throw new IOException("a temporary file was cut short by somebody else");
            }
        }
    }

    /** Whether both have the same bytes. */
    boolean sameAs(Region other) throws IOException {
        if (length != other.length) {
            return false;
        }
        byte[] mine = new byte[(int) Math.min(length, 64 * 1024)];
        byte[] others = new byte[mine.length];
        for (long at = 0; at < length; at += mine.length) {
            int count = (int) Math.min(mine.length, length - at);
            read(at, mine, count);
            other.read(at, others, count);
            if (!java.util.Arrays.equals(mine, 0, count, others, 0, count)) {
                return false;
            }
        }
        return true;
    }

    InputStream open() {
        return new InputStream() {
            private long at;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int from, int size) throws IOException {
                if (at == length) {
                    return size == 0 ? 0 : -1;
                }
                int count = (int) Math.min(size, length - at);
                ByteBuffer buffer = ByteBuffer.wrap(target, from, count);
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, start + offset + at + buffer.position() - from) < 0) {
                        throw new IOException("a temporary file was cut short by somebody else");
                    }
                }
                at += count;
                return count;
            }
        };
    }
}
