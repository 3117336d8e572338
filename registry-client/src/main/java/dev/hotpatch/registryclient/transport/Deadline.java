package dev.hotpatch.registryclient.transport;

import dev.hotpatch.registryclient.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The moment by which an operation, with all its requests, retries and pauses, is over. */
public final class Deadline {
    private final Clock clock;
    private final Instant end;
    private final Duration total;

    private Deadline(Clock clock, Duration total) {
        this.clock = clock;
        this.total = total;
        this.end = clock.instant().plus(total);
    }

    public static Deadline in(Duration total, Clock clock) {
        return new Deadline(clock, total);
    }

    /**
     * The time left, always positive.
     *
     * @throws RegistryException if there is none
     */
    public Duration remaining() throws RegistryException {
        Duration left = Duration.between(clock.instant(), end);
        if (left.isZero() || left.isNegative()) {
            throw new RegistryException(
                    "not done within " + total + "; check the connection to the registry, or allow more time");
        }
        return left;
    }

    boolean allows(Duration pause) {
        return clock.instant().plus(pause).isBefore(end);
    }
}
