package dev.hotpatch.patchformat.layerdelta;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The new content of a layer delta, decoded ahead in a thread of its own, in the order of the steps. What waits to be taken is bounded.
 * Taken by one thread; closing ends the other, without an interrupt: that would close the base's files, which others read next.
 */
final class NewContent implements Closeable {
    private static final int KILOBYTES_AHEAD = 48 << 10;

    private record Result(byte[] content, @Nullable IOException failure) {}

    private static final byte[] NONE = {};

    private final LayerDeltaFile file;
    private final BaseFiles bases;
    private final LinkedBlockingQueue<Result> ready = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(KILOBYTES_AHEAD);
    private final Thread thread;
    private volatile boolean closed;

    private NewContent(LayerDeltaFile file, BaseFiles bases) {
        this.file = file;
        this.bases = bases;
        this.thread = new Thread(this::run, "hotpatch-delta-content");
        thread.setDaemon(true);
    }

    static NewContent start(LayerDeltaFile file, BaseFiles bases) {
        NewContent content = new NewContent(file, bases);
        content.thread.start();
        return content;
    }

    /** The next item. */
    byte[] take() throws IOException {
        try {
            Result result = ready.take();
            if (result.failure != null) {
                throw result.failure;
            }
            room.release(permits(result.content));
            return result.content;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static int permits(byte[] content) {
        return Math.min(KILOBYTES_AHEAD, 1 + content.length / 1024);
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return (InterruptedIOException)
                new InterruptedIOException("interrupted while a layer was rebuilt").initCause(e);
    }

    private void run() {
        try {
            decode();
            throw new LayerDeltaException("layer delta: more content is asked for than there is");
        } catch (IOException e) {
            ready.add(new Result(NONE, e));
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            ready.add(new Result(NONE, new LayerDeltaException("layer delta: cannot be decoded: " + e, e)));
        } catch (InterruptedException e) {
            // Nobody waits any more.
        }
    }

    private void decode() throws IOException, InterruptedException {
        ItemCoder coder = ItemCoder.decoder(NONE, 0);
        int group = 0;
        for (Op op : file.ops()) {
            if (closed) {
                return;
            }
            if (op instanceof Op.Group start) {
                coder = ItemCoder.decoder(file.group(group++), start.capacity());
            } else if (op instanceof Op.Known known) {
                coder.known(bases.read(known.source()));
            } else if (op instanceof Op.Content content) {
                byte[] source = bases.read(content.source());
                offer(content.form() == Op.Form.CLASS ? coder.classFile(source, null) : coder.plain(source, null));
            } else if (op instanceof Op.Zip zip) {
                offer(coder.directory(bases.read(zip.directory()), null));
            } else if (op instanceof Op.Entry entry && entry.header()) {
                offer(coder.plain(bases.read(entry.headerSource()), null));
            }
        }
    }

    private void offer(byte[] content) throws InterruptedException {
        room.acquire(permits(content));
        ready.add(new Result(content, null));
    }

    @Override
    public void close() {
        closed = true;
        room.release(KILOBYTES_AHEAD);
        UninterruptedJoin.of(thread);
    }
}
