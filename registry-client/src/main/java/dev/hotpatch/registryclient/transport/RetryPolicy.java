package dev.hotpatch.registryclient.transport;

import java.time.Duration;

/**
 * How often and how fast something is tried again: exponential with full jitter.
 *
 * @param attempts all together, 1 or more; transfers count only those that brought nothing
 * @param first upper bound of the first pause
 * @param longest upper bound of every pause, also of one that the registry asks for
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(30));

    public RetryPolicy {
        if (attempts < 1 || first.isNegative() || longest.isNegative()) {
            throw new IllegalArgumentException("attempts " + attempts + ", first " + first + ", longest " + longest);
        }
    }

    /** The upper bound of the pause after {@code failures} failures. */
    Duration bound(int failures) {
        long factor = 1L << Math.min(20, Math.max(0, failures - 1));
        Duration bound = first.multipliedBy(factor);
        return bound.compareTo(longest) > 0 ? longest : bound;
    }
}
