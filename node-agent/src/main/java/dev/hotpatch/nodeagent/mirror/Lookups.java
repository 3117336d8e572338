package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.nodeagent.agent.ImageName;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks for new patches when somebody asks for what is not known: one look at a repository at a time, not too often, and nobody waits long
 * for a registry that does not answer. For any number of threads.
 */
final class Lookups implements AutoCloseable {
    private static final int MAX_REMEMBERED = 1000;

    private record Look(CompletableFuture<Void> end, Instant begun) {}

    private final TargetImages targets;
    private final MirrorLog log;
    private final Clock clock;
    private final Duration patience;
    private final Map<String, Look> looks = new LinkedHashMap<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "hotpatch-lookup");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Asks nobody yet.
     *
     * @param patience how long whoever asks waits at most
     */
    Lookups(TargetImages targets, MirrorLog log, Clock clock, Duration patience) {
        this.targets = targets;
        this.log = log;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Returns when the patches of the repository have been looked at not longer than {@code newest} ago, or that does not work. Does nothing
     * where the node has no image of the repository.
     */
    void refresh(String repository, Duration newest) throws InterruptedException {
        List<ImageName> local;
        try {
            local = targets.local(repository);
        } catch (IOException e) {
            log.say("the runtime does not say which images it has: " + e.getMessage());
            return;
        }
        if (local.isEmpty()) {
            return;
        }
        try {
            var unused = look(repository, local, newest).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            log.say("patches in " + repository + " cannot be looked up: " + e.getCause());
        } catch (TimeoutException e) {
            log.say("patches in " + repository + " were not looked up within " + patience.toSeconds() + " s");
        }
    }

    private synchronized CompletableFuture<Void> look(String repository, List<ImageName> local, Duration newest) {
        Look last = looks.get(repository);
        if (last != null && (!last.end.isDone() || last.begun.plus(newest).isAfter(clock.instant()))) {
            return last.end.isDone() ? CompletableFuture.completedFuture(null) : last.end;
        }
        CompletableFuture<Void> end = new CompletableFuture<>();
        looks.remove(repository);
        looks.put(repository, new Look(end, clock.instant()));
        if (looks.size() > MAX_REMEMBERED) {
            looks.remove(looks.keySet().iterator().next());
        }
        workers.execute(() -> {
            try {
                targets.look(local);
                end.complete(null);
            } catch (IOException | RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
        return end;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
