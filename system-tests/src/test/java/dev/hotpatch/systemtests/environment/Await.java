package dev.hotpatch.systemtests.environment;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something that happens in another process, by looking again and again, for a bounded time. */
public final class Await {
    private static final long PAUSE_NANOS = 10_000_000;

    private Await() {}

    /**
     * The first value that a probe finds.
     *
     * @throws IOException if it finds none in time, or fails
     */
    public static <T> T until(String what, Duration patience, Callable<Optional<T>> probe)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                Optional<T> found = probe.call();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException("cannot look for " + what, e);
            }
            if (System.nanoTime() > end) {
                throw new IOException("waited " + patience + " in vain for " + what);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
