package dev.hotpatch.differ.archive;

import dev.hotpatch.differ.content.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * What two archives have in common, to be inflated and hashed once: an old and a new version of a jar are mostly the same, byte for byte. One
 * is read from its start and the other one from its end, side by side, so that each finds half of it done by the other. Safe for several threads.
 */
public final class SharedEntries {
    /** Longer entries are rarely the same in two versions. */
    private static final int MAX_ENTRY = 1 << 20;

    private static final long MAX_MEMORY = 32L << 20;

    private final long maxMemory;
    private final Map<Key, Known> known = new ConcurrentHashMap<>();
    private final AtomicLong memory = new AtomicLong();

    public SharedEntries() {
        this(MAX_MEMORY);
    }

    private SharedEntries(long maxMemory) {
        this.maxMemory = maxMemory;
    }

    private record Key(String path, int method, long crc, long size) {}

    private record Known(byte[] compressed, StoredFile file) {}

    /** An entry as it is in its archive. */
    record Raw(Key key, byte[] compressed) {}

    /** For an archive that is not compared with another one. */
    static View none() {
        return new SharedEntries(0).forwards();
    }

    /** For the one archive. */
    public View forwards() {
        return new View(true);
    }

    /** For the other one. */
    public View backwards() {
        return new View(false);
    }

    /** These entries, as one of the two archives sees them. */
    public final class View {
        private final boolean forwards;

        private View(boolean forwards) {
            this.forwards = forwards;
        }

        boolean isForwards() {
            return forwards;
        }

        /** Null for what is too large to be compared. */
        @Nullable
        Raw raw(ZipFile zip, ZipArchiveEntry entry, String path) throws IOException {
            long size = entry.getCompressedSize();
            if (size < 0 || size > MAX_ENTRY || memory.get() >= maxMemory) {
                return null;
            }
            try (InputStream in = zip.getRawInputStream(entry)) {
                Key key = new Key(path, entry.getMethod(), entry.getCrc(), entry.getSize());
                return in == null ? null : new Raw(key, in.readNBytes((int) size));
            }
        }

        /** The entry of the other archive that is the same. */
        @Nullable
        StoredFile find(@Nullable Raw raw) {
            Known other = raw == null ? null : known.get(raw.key);
            return raw != null && other != null && Arrays.equals(other.compressed, raw.compressed) ? other.file : null;
        }

        void put(@Nullable Raw raw, StoredFile file) {
            if (raw != null && known.putIfAbsent(raw.key, new Known(raw.compressed, file)) == null) {
                memory.addAndGet(raw.compressed.length);
            }
        }
    }
}
