package dev.hotpatch.nodeagent.linux;

import java.time.Duration;

/** A moment, on the monotonic clock, after which waiting is given up. Immutable. */
public final class Deadline {
    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    /** The moment that lies {@code duration} (at most a day) ahead. */
    public static Deadline after(Duration duration) {
        if (duration.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("a deadline lies at most one day ahead, not " + duration);
        }
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    public boolean isOver() {
        return nanos - System.nanoTime() <= 0;
    }

    /** Milliseconds left, rounded up; 0 when it is over. */
    public int millisLeft() {
        long left = nanos - System.nanoTime();
        return left <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (left + 999_999) / 1_000_000);
    }
}
