package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.nodeagent.journal.JvmKey;
import dev.hotpatch.patchformat.oci.Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When a patch is next tried or looked at in a JVM: after 1 s, 2 s, 4 s and so on up to 5 minutes. For any number of threads. */
final class Retries {
    private static final int MAX_DOUBLINGS = 8;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private record Key(JvmKey jvm, Digest patch) {}

    private record Entry(int attempts, Instant next) {}

    private final Clock clock;
    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

    Retries(Clock clock) {
        this.clock = clock;
    }

    boolean isDue(JvmKey jvm, Digest patch) {
        Entry entry = entries.get(new Key(jvm, patch));
        return entry == null || !clock.instant().isBefore(entry.next);
    }

    /** Says that a try begins now. */
    void postpone(JvmKey jvm, Digest patch) {
        entries.compute(new Key(jvm, patch), (key, before) -> {
            int attempts = before == null ? 0 : Math.min(before.attempts + 1, MAX_DOUBLINGS);
            Duration pause = Duration.ofSeconds(1L << attempts);
            return new Entry(attempts, clock.instant().plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST));
        });
    }

    void forget(JvmKey jvm) {
        entries.keySet().removeIf(key -> key.jvm.equals(jvm));
    }

    void forgetAll() {
        entries.clear();
    }
}
