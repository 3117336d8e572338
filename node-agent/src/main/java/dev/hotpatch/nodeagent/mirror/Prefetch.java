package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.nodeagent.agent.ImageName;
import dev.hotpatch.nodeagent.agent.PatchCandidate;
import dev.hotpatch.nodeagent.agent.PatchSource;
import dev.hotpatch.nodeagent.cri.NodeImages;
import dev.hotpatch.nodeagent.metrics.Metrics;
import dev.hotpatch.patchformat.trust.VerificationException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A source of patches that has the runtime pull the target image of the patch that is preferred for each image that is asked for, in the
 * background, one at a time. For any number of threads; whoever made it closes it.
 */
public final class Prefetch implements PatchSource, AutoCloseable {
    private static final int MAX_REMEMBERED = 10_000;
    private static final int MAX_DOUBLINGS = 6;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PULL = Duration.ofMinutes(30);

    /** What became of a target so far; {@code next} is when it is tried again, if ever. */
    private record Attempt(int failures, Optional<Instant> next) {}

    private final PatchSource source;
    private final Patches patches;
    private final NodeImages images;
    private final MirrorLog log;
    private final Clock clock;
    /** Of the worker only. */
    private final Map<PatchCandidate, Attempt> attempts = new LinkedHashMap<>();

    private final Map<ImageName, Instant> looks = new LinkedHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "hotpatch-prefetch");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Pulls nothing yet.
     *
     * @param source what this one gives; it may pass over patches that do not go live
     * @param patches all there are
     */
    public Prefetch(
            PatchSource source,
            Patches patches,
            NodeImages images,
            Metrics metrics,
            Consumer<String> lines,
            Clock clock) {
        this.source = source;
        this.patches = patches;
        this.images = images;
        this.log = new MirrorLog(metrics, lines);
        this.clock = clock;
    }

    @Override
    public List<PatchCandidate> find(ImageName image) throws IOException {
        if (isDue(image)) {
            worker.execute(() -> {
                try {
                    consider(patches.finder().find(image));
                } catch (IOException e) {
                    // The agent asks the same registry, and says what is wrong with it.
                } catch (RuntimeException e) {
                    log.say("prefetch for " + image + " ended unexpectedly: " + e);
                }
            });
        }
        return source.find(image);
    }

    private boolean isDue(ImageName image) {
        synchronized (looks) {
            Instant last = looks.remove(image);
            boolean due = last == null || !clock.instant().isBefore(last.plus(BETWEEN_LOOKS));
            looks.put(image, due ? clock.instant() : last);
            if (looks.size() > MAX_REMEMBERED) {
                looks.remove(looks.keySet().iterator().next());
            }
            return due;
        }
    }

    @Override
    public List<PatchCandidate> forAnyImage() throws IOException {
        return source.forAnyImage();
    }

    @Override
    public Pulled pull(PatchCandidate candidate) throws IOException {
        return source.pull(candidate);
    }

    private void consider(List<PatchCandidate> found) {
        for (PatchCandidate candidate : found) {
            Optional<Attempt> before = Optional.ofNullable(attempts.get(candidate));
            if (before.isPresent() && !isDue(before.get())) {
                return;
            }
            try {
                Optional<TargetImage> target = TargetImage.of(candidate.repository(), patches.verified(candidate));
                if (target.isPresent()) {
                    fetch(target.get());
                    remember(candidate, new Attempt(0, Optional.empty()));
                    return;
                }
            } catch (VerificationException e) {
                // Another may be signed; what is wrong with this one is said where it would be applied.
            } catch (IOException e) {
                int failures = before.map(Attempt::failures).orElse(0);
                Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
                remember(
                        candidate,
                        new Attempt(failures + 1, Optional.of(clock.instant().plus(pause))));
                log.prefetched(false);
                log.say("target of patch " + candidate.digest() + " in " + candidate.repository()
                        + " was not prefetched, next try in " + pause.toSeconds() + " s: " + e.getMessage());
                return;
            }
        }
    }

    private boolean isDue(Attempt attempt) {
        return attempt.next.isPresent() && !clock.instant().isBefore(attempt.next.get());
    }

    private void fetch(TargetImage target) throws IOException {
        if (images.repoDigests().contains(target.name())) {
            return;
        }
        String image = images.pull(target.name(), LONGEST_PULL);
        log.prefetched(true);
        log.say("prefetched " + target.name() + ", target of patch " + target.patch() + ": image " + image);
    }

    private void remember(PatchCandidate candidate, Attempt attempt) {
        attempts.put(candidate, attempt);
        if (attempts.size() > MAX_REMEMBERED) {
            attempts.remove(attempts.keySet().iterator().next());
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
