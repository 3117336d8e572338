package dev.hotpatch.nodeagent.attach;

import java.time.Duration;

/**
 * How long a JVM may take; each from a millisecond to an hour.
 *
 * @param listener to open its socket after the signal
 * @param command to answer a command
 */
public record AttachTimeouts(Duration listener, Duration command) {
    /** A JVM that swaps or collects garbage for seconds is still reached. */
    public static final AttachTimeouts DEFAULT = new AttachTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(20));

    public AttachTimeouts {
        for (Duration duration : new Duration[] {listener, command}) {
            if (duration.toMillis() < 1 || duration.toHours() > 1) {
                throw new IllegalArgumentException("a time-out lies between 1 ms and 1 h, not " + duration);
            }
        }
    }
}
