package dev.hotpatch.jvmagent.core;

import dev.hotpatch.jvmagent.core.Ledger.Version;
import org.jspecify.annotations.Nullable;

/** One class that has to run another class file than it does. */
final class Change {
    final Class<?> type;
    final Version after;
    final byte[] bytes;
    /** What is now known of it if it is a new class; otherwise null. */
    final LiveUnit.@Nullable NewClass now;

    Change(Class<?> type, Version after, byte[] bytes, LiveUnit.@Nullable NewClass now) {
        this.type = type;
        this.after = after;
        this.bytes = bytes;
        this.now = now;
    }
}
