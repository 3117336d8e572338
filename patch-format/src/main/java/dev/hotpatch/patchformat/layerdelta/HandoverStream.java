package dev.hotpatch.patchformat.layerdelta;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a stream in a thread of its own, so that compressing or hashing costs the writer no time. Closing waits until all is written and leaves the
 * stream open; {@link #abandon} gives up. Written by one thread.
 */
final class HandoverStream extends OutputStream {
    private static final int BLOCK = 128 * 1024;
    private static final int WAITING = 64;
    private static final byte[] LAST = {};

    private final OutputStream out;
    private final ArrayBlockingQueue<byte[]> blocks = new ArrayBlockingQueue<>(WAITING);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread;
    private byte[] block = new byte[BLOCK];
    private int filled;

    /** @param work what is done in the thread, for its name */
    HandoverStream(OutputStream out, String work) {
        this.out = out;
        this.thread = new Thread(this::run, "hotpatch-delta-" + work);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int count = Math.min(length - done, BLOCK - filled);
            System.arraycopy(bytes, offset + done, block, filled, count);
            filled += count;
            done += count;
            if (filled == BLOCK) {
                hand(block);
                block = new byte[BLOCK];
                filled = 0;
            }
        }
    }

    private void hand(byte[] full) throws IOException {
        try {
            while (!blocks.offer(full, 100, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                check();
            }
            check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while a layer was rebuilt").initCause(e);
        }
    }

    private void check() throws IOException {
        Throwable thrown = failure.get();
        if (thrown instanceof IOException known) {
            // What went wrong decides what is done next: a wrong layer is pulled in full, a full disk is not.
            throw known;
        }
        if (thrown != null) {
            throw new IOException("a rebuilt layer cannot be written: " + thrown.getMessage(), thrown);
        }
    }

    private void run() {
        try {
            for (byte[] next = blocks.take(); next.length > 0; next = blocks.take()) {
                out.write(next);
            }
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            failure.set(e);
        } catch (InterruptedException e) {
            failure.set(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (filled > 0) {
            hand(java.util.Arrays.copyOf(block, filled));
            filled = 0;
        }
        hand(LAST);
        UninterruptedJoin.of(thread);
        check();
    }

    /** Ends the thread whatever it does. */
    void abandon() {
        thread.interrupt();
        UninterruptedJoin.of(thread);
    }
}
