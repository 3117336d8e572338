package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.LayerPlan;
import dev.hotpatch.patchformat.restore.BaseTars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Rebuilds layers in the background, each once for all that ask for it. For any number of threads. */
final class LayerRebuilds implements AutoCloseable {
    /** How many images are worked on at once; the work on one layer takes three threads already. */
    private static final int PARALLEL = 2;

    private static final int MAX_REMEMBERED = 1000;
    /** A layer that could not be rebuilt is tried again after so long. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** The patches of several bases may each have a delta for the same layer. */
    private record Key(Digest patch, Digest layer) {}

    private record Attempt(CompletableFuture<Path> result, Instant begun) {}

    private final PatchStores stores;
    private final Function<TargetImage, BaseTars> bases;
    private final LayerFolder folder;
    private final MirrorLog log;
    private final Clock clock;
    private final Map<Key, Attempt> attempts = new LinkedHashMap<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(PARALLEL, task -> {
        Thread thread = new Thread(task, "hotpatch-rebuild");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Begins nothing yet.
     *
     * @param bases the tars of the base image of a target
     */
    LayerRebuilds(
            PatchStores stores, Function<TargetImage, BaseTars> bases, LayerFolder folder, MirrorLog log, Clock clock) {
        this.stores = stores;
        this.bases = bases;
        this.folder = folder;
        this.log = log;
        this.clock = clock;
    }

    /** A layer whose decision is {@code DELTA}; begins to rebuild it if nobody has. Fails with {@link FallbackException}. */
    CompletableFuture<Path> layer(TargetImage target, LayerPlan layer) {
        return begin(target, List.of(layer)).get(0);
    }

    /** Begins to rebuild these layers of one image, in this order. */
    synchronized List<CompletableFuture<Path>> begin(TargetImage target, List<LayerPlan> layers) {
        List<CompletableFuture<Path>> results = new ArrayList<>();
        Map<LayerPlan, CompletableFuture<Path>> begun = new LinkedHashMap<>();
        for (LayerPlan layer : layers) {
            Key key = new Key(target.patch(), layer.digest());
            Attempt attempt = attempts.get(key);
            if (attempt == null || isWorthless(attempt)) {
                attempt = new Attempt(new CompletableFuture<>(), clock.instant());
                remember(key, attempt);
                begun.put(layer, attempt.result);
            }
            results.add(attempt.result);
        }
        if (!begun.isEmpty()) {
            workers.execute(() -> work(target, begun));
        }
        return results;
    }

    /** Whether it failed long ago, or what came of it has been removed. */
    private boolean isWorthless(Attempt attempt) {
        if (!attempt.result.isDone()) {
            return false;
        }
        if (attempt.result.isCompletedExceptionally()) {
            return attempt.begun.plus(PAUSE).isBefore(clock.instant());
        }
        return !Files.exists(attempt.result.join());
    }

    private void remember(Key key, Attempt attempt) {
        attempts.remove(key);
        attempts.put(key, attempt);
        if (attempts.size() > MAX_REMEMBERED) {
            attempts.remove(attempts.keySet().iterator().next());
        }
    }

    private void work(TargetImage target, Map<LayerPlan, CompletableFuture<Path>> begun) {
        try (LayerRebuilder rebuilder = new LayerRebuilder(target, stores, bases.apply(target), folder, log)) {
            begun.forEach((layer, result) -> {
                try {
                    result.complete(rebuilder.rebuild(layer));
                } catch (FallbackException e) {
                    log.say("cannot rebuild (" + e.reason().code() + "): " + e.getMessage());
                    result.completeExceptionally(e);
                }
            });
        } catch (IOException e) {
            log.say("a temporary file cannot be closed: " + e);
        } finally {
            // Nothing but an error leaves one open: whoever waits for it must not wait forever.
            begun.values()
                    .forEach(result -> result.completeExceptionally(
                            new FallbackException(Fallback.ERROR, "the work ended unexpectedly", null)));
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
