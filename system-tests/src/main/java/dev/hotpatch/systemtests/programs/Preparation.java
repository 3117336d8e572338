package dev.hotpatch.systemtests.programs;

import dev.hotpatch.systemtests.programs.Finding.Kind;
import dev.hotpatch.systemtests.programs.SourceCompiler.BadSourceException;
import dev.hotpatch.systemtests.programs.generate.Recipe;
import dev.hotpatch.systemtests.programs.generate.Row;
import dev.hotpatch.systemtests.programs.generate.SeededPair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Prepares seed after seed on a thread of its own, some ahead of the one that is running. Several seeds are compiled at once, since most of the
 * time of a small compilation is the compiler's own start.
 */
final class Preparation implements AutoCloseable {
    private static final int AHEAD = 24;
    private static final int BATCH = 20;

    /**
     * A seed that is ready, or of which is known what becomes of it.
     *
     * @param seed the seed
     * @param pair null if there is a finding
     * @param finding null if there is a pair
     * @param workshop in which it was prepared
     */
    record Prepared(
            SeededPair seed,
            @Nullable PreparedPair pair,
            @Nullable Finding finding,
            PairWorkshop workshop) {
        void discard() throws IOException {
            if (pair != null) {
                workshop.discard(pair);
            }
        }
    }

    private final BlockingQueue<List<Prepared>> ready = new ArrayBlockingQueue<>(AHEAD);
    private final PairWorkshop workshop = PairWorkshop.open();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    private Preparation(long from, long to, int release, List<Row> rows) throws IOException {
        this.thread = new Thread(() -> run(from, to, release, rows), "preparation");
        thread.setDaemon(true);
    }

    /**
     * Begins.
     *
     * @param release the Java release for seeds that are not for Java 8
     * @param rows what changes are taken from
     */
    static Preparation start(long from, long to, int release, List<Row> rows) throws IOException {
        Preparation preparation = new Preparation(from, to, release, rows);
        preparation.thread.start();
        return preparation;
    }

    /** The next seed, null after the last. */
    @Nullable
    Prepared next() throws IOException, InterruptedException {
        List<Prepared> next = ready.take();
        if (failure != null) {
            throw new IOException(failure);
        }
        return next.isEmpty() ? null : next.get(0);
    }

    private void run(long from, long to, int release, List<Row> rows) {
        try {
            List<SeededPair> batch = new ArrayList<>();
            for (long seed = from; seed <= to && !closed; seed++) {
                batch.add(SeededPair.of(new Recipe(seed, release, Recipe.ALL_EDITS, rows)));
                if (batch.size() == BATCH) {
                    prepare(batch);
                    batch.clear();
                }
            }
            prepare(batch);
            ready.put(List.of());
        } catch (InterruptedException e) {
            // Closed.
        } catch (Throwable e) {
            // Whoever takes the next one hears of it, on another thread.
            failure = e;
            ready.offer(List.of());
        }
    }

    private void prepare(List<SeededPair> batch) throws IOException, InterruptedException {
        Map<Long, Map<String, byte[]>> before = new HashMap<>();
        Map<Long, Map<String, byte[]>> after = new HashMap<>();
        compile(batch, before, after);
        for (SeededPair seed : batch) {
            Map<String, byte[]> old = before.get(seed.seed());
            Map<String, byte[]> now = after.get(seed.seed());
            ready.put(List.of(old != null && now != null ? prepare(seed, old, now) : alone(seed)));
        }
    }

    private void compile(
            List<SeededPair> batch, Map<Long, Map<String, byte[]>> before, Map<Long, Map<String, byte[]>> after) {
        Map<Integer, List<SeededPair>> byRelease = new TreeMap<>();
        batch.forEach(seed -> byRelease
                .computeIfAbsent(seed.pair().release(), any -> new ArrayList<>())
                .add(seed));
        byRelease.forEach((level, seeds) -> {
            Map<String, String> old = new HashMap<>();
            Map<String, String> now = new HashMap<>();
            for (SeededPair seed : seeds) {
                seed.pair().before().forEach((name, text) -> old.put("g" + seed.seed() + "/" + name, text));
                seed.pair().after().forEach((name, text) -> now.put("g" + seed.seed() + "/" + name, text));
            }
            try {
                split(workshop.compiler().compile(old, level), before);
                split(workshop.compiler().compile(now, level), after);
            } catch (BadSourceException e) {
                // One of them is bad; each is compiled on its own then.
                seeds.forEach(seed -> before.remove(seed.seed()));
            }
        });
    }

    private static void split(Map<String, byte[]> classes, Map<Long, Map<String, byte[]>> bySeed) {
        classes.forEach((name, bytes) -> bySeed.computeIfAbsent(
                        Long.parseLong(name.substring(1, name.indexOf('/'))), any -> new TreeMap<>())
                .put(name, bytes));
    }

    private Prepared alone(SeededPair seed) throws IOException {
        try {
            return prepare(
                    seed,
                    workshop.compiler()
                            .compile(seed.pair().before(), seed.pair().release()),
                    workshop.compiler().compile(seed.pair().after(), seed.pair().release()));
        } catch (BadSourceException e) {
            return new Prepared(seed, null, Finding.of(Kind.UNUSABLE, String.valueOf(e.getMessage())), workshop);
        }
    }

    private Prepared prepare(SeededPair seed, Map<String, byte[]> before, Map<String, byte[]> after)
            throws IOException {
        try {
            return new Prepared(seed, workshop.prepare(seed.pair(), before, after), null, workshop);
        } catch (RuntimeException | StackOverflowError e) {
            return new Prepared(seed, null, Finding.of(Kind.CRASHED, "the compiler: " + Trial.stack(e)), workshop);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workshop.close();
    }
}
