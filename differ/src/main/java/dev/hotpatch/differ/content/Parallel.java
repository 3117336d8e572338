package dev.hotpatch.differ.content;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Work on many things at once, with results in the order of the things.
 *
 * @param threads at least 1
 */
public record Parallel(int threads) {
    private static final int REPORT_EVERY = 64;

    /** One step of work. */
    @FunctionalInterface
    public interface Work<T, R> {
        R on(T thing) throws IOException;
    }

    /**
     * Begins to do {@code work}, which may throw unchecked exceptions only, on all things.
     *
     * @return waits for the results
     */
    public <T, R> Supplier<List<R>> start(List<T> things, Function<T, R> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<R>> futures = new ArrayList<>();
        things.forEach(thing -> futures.add(pool.submit(() -> work.apply(thing))));
        pool.shutdown();
        return () -> {
            try {
                return results(futures);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** Does {@code work}, which may throw unchecked exceptions only, on all things; when one fails, the others are given up. */
    public <T, R> List<R> map(List<T> things, Function<T, R> work) {
        try {
            return map(things, work::apply, done -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Does {@code work} on all things; when one fails, the others are given up.
     *
     * @param done is told now and then how many are done
     */
    public <T, R> List<R> map(List<T> things, Work<T, R> work, LongConsumer done) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        AtomicLong count = new AtomicLong();
        try {
            List<Future<R>> futures = new ArrayList<>();
            for (T thing : things) {
                Callable<R> task = () -> {
                    R result = work.on(thing);
                    if (count.incrementAndGet() % REPORT_EVERY == 0) {
                        done.accept(count.get());
                    }
                    return result;
                };
                futures.add(pool.submit(task));
            }
            List<R> results = results(futures);
            done.accept(things.size());
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static <R> List<R> results(List<Future<R>> futures) throws IOException {
        List<R> results = new ArrayList<>();
        for (Future<R> future : futures) {
            results.add(result(future));
        }
        return results;
    }

    private static <R> R result(Future<R> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while building a patch").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
