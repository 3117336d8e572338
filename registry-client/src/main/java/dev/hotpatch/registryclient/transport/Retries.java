package dev.hotpatch.registryclient.transport;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.registryclient.RegistryException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Tries again what may be tried again. For any thread. */
public final class Retries {
    private final RetryPolicy policy;
    private final Pause pause;
    private final RandomGenerator random;

    public Retries(RetryPolicy policy, Pause pause, RandomGenerator random) {
        this.policy = policy;
        this.pause = pause;
        this.random = random;
    }

    /** Something that may be done more than once. */
    @FunctionalInterface
    public interface Attempt<T> {
        T run() throws IOException;
    }

    /** Runs {@code attempt} until it succeeds, fails for good, or the policy or the deadline says stop. */
    public <T> T run(Deadline deadline, Attempt<T> attempt) throws IOException {
        for (int failures = 1; ; failures++) {
            try {
                return attempt.run();
            } catch (IOException e) {
                pauseAfter(e, failures, deadline);
            }
        }
    }

    /**
     * Pauses after a failure, or throws it again where another attempt is of no use.
     *
     * @param failures so far, with this one, 1 or more
     */
    public void pauseAfter(IOException failure, int failures, Deadline deadline) throws IOException {
        if (!temporary(failure)) {
            throw failure;
        }
        Duration wait = duration(failure, failures);
        if (failures >= policy.attempts() || !deadline.allows(wait)) {
            throw failure instanceof RegistryException
                    ? failure
                    : new RegistryException("gave up after attempt " + failures + ": " + failure.getMessage(), failure);
        }
        sleep(wait);
    }

    /** A short random pause that lets two writers get out of step. */
    public void jitter(int failures) throws IOException {
        sleep(random(policy.bound(failures)));
    }

    private Duration duration(IOException failure, int failures) {
        Optional<Duration> asked =
                failure instanceof RegistryException registry ? registry.retryAfter() : Optional.empty();
        if (asked.isPresent()) {
            return asked.get().compareTo(policy.longest()) > 0 ? policy.longest() : asked.get();
        }
        return random(policy.bound(failures));
    }

    private Duration random(Duration bound) {
        return Duration.ofMillis(random.nextLong(bound.toMillis() + 1));
    }

    private void sleep(Duration wait) throws IOException {
        try {
            pause.pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to try again");
        }
    }

    private static boolean temporary(IOException failure) {
        if (failure instanceof RegistryException registry) {
            return registry.temporary();
        }
        return !(failure instanceof DigestMismatchException
                || failure instanceof JsonException
                || failure instanceof FileSystemException
                || Thread.currentThread().isInterrupted());
    }
}
