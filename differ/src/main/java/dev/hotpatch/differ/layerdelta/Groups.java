package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.patchformat.layerdelta.BitEncoder;
import dev.hotpatch.patchformat.layerdelta.ItemCoder;
import dev.hotpatch.patchformat.layerdelta.Op;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Codes new content in groups, several at a time. A group has its own models and knows nothing of others, which costs a little and lets groups
 * be made by several threads, in bounded memory. Given items by one thread.
 */
final class Groups implements Closeable {
    private static final int NEW_BYTES = 12 << 20;
    private static final int ALL_BYTES = 36 << 20;

    private enum Form {
        PLAIN,
        CLASS,
        DIRECTORY
    }

    private record Item(Form form, Optional<BaseFile> source, byte[] content) {}

    private final List<Op> ops;
    private final ExecutorService pool;
    private final Semaphore room;
    private final List<Future<byte[]>> codes = new ArrayList<>();
    private List<Item> items = new ArrayList<>();
    private int start = -1;
    private long newBytes;
    private long allBytes;

    Groups(List<Op> ops, int threads) {
        this.ops = ops;
        this.pool = Executors.newFixedThreadPool(threads);
        this.room = new Semaphore(threads + 1);
    }

    /** Adds new content, of which the caller adds the step behind. */
    void plain(Optional<BaseFile> source, byte[] content) throws IOException {
        add(new Item(Form.PLAIN, source, content));
    }

    void classFile(BaseFile source, byte[] content) throws IOException {
        add(new Item(Form.CLASS, Optional.of(source), content));
    }

    void directory(Optional<BaseFile> source, byte[] content) throws IOException {
        add(new Item(Form.DIRECTORY, source, content));
    }

    private void add(Item item) throws IOException {
        long source = item.source.map(BaseFile::length).orElse(0L);
        if (start >= 0
                && (newBytes + item.content.length > NEW_BYTES
                        || allBytes + item.content.length + source > ALL_BYTES)) {
            flush();
        }
        if (start < 0) {
            start = ops.size();
            ops.add(new Op.Group(0));
        }
        items.add(item);
        newBytes += item.content.length;
        allBytes += item.content.length + source;
    }

    private void flush() throws IOException {
        if (start < 0) {
            return;
        }
        int capacity = (int) allBytes + Long.BYTES;
        ops.set(start, new Op.Group(capacity));
        List<Item> group = items;
        try {
            room.acquire();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        codes.add(pool.submit(() -> {
            try {
                return code(group, capacity);
            } finally {
                room.release();
            }
        }));
        items = new ArrayList<>();
        start = -1;
        newBytes = 0;
        allBytes = 0;
    }

    private static byte[] code(List<Item> items, int capacity) throws IOException {
        BitEncoder encoder = new BitEncoder();
        ItemCoder coder = ItemCoder.encoder(encoder, capacity, StretchFinder::new);
        for (Item item : items) {
            byte[] source = item.source.isPresent() ? item.source.get().content() : BaseFile.NOTHING;
            switch (item.form) {
                case PLAIN -> coder.plain(source, item.content);
                case CLASS -> coder.classFile(source, item.content);
                case DIRECTORY -> coder.directory(source, item.content);
            }
        }
        return encoder.finish();
    }

    /** The code of all groups, in their order. */
    List<byte[]> finish() throws IOException {
        flush();
        List<byte[]> done = new ArrayList<>();
        for (Future<byte[]> code : codes) {
            try {
                done.add(code.get());
            } catch (InterruptedException e) {
                throw interrupted(e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
        return done;
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return (IOException) new InterruptedIOException("interrupted while a layer delta was made").initCause(e);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
