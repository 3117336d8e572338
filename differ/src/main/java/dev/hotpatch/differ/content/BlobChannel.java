package dev.hotpatch.differ.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A read-only view of a part of a file. For one thread; closing it leaves the file open. */
final class BlobChannel implements SeekableByteChannel {
    private final FileChannel file;
    private final Blob blob;
    private long position;
    private boolean open = true;

    BlobChannel(FileChannel file, Blob blob) {
        this.file = file;
        this.blob = blob;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        long left = blob.size() - position;
        if (left <= 0) {
            return target.hasRemaining() ? -1 : 0;
        }
        int limit = target.limit();
        if (target.remaining() > left) {
            target.limit(target.position() + (int) left);
        }
        try {
            int count = file.read(target, blob.offset() + position);
            position += Math.max(count, 0);
            return count;
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        if (newPosition < 0) {
            throw new IllegalArgumentException("position " + newPosition);
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return blob.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
