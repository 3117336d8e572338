package dev.hotpatch.differ;

import dev.hotpatch.differ.archive.ArchiveReader;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.lift.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Classes of the base in jars that do not change, each looked for when it is asked for. Safe for several threads. */
final class Libraries implements Side {
    private final Collection<StoredFile> files;
    private final ArchiveReader archives;
    private final int maxDepth;
    private final String root;
    private final Spool spool;
    private final Map<String, Optional<StoredFile>> known = new HashMap<>();

    Libraries(Collection<StoredFile> files, ArchiveReader archives, int maxDepth, String root, Spool spool) {
        this.files = files;
        this.archives = archives;
        this.maxDepth = maxDepth;
        this.root = root;
        this.spool = spool;
    }

    /** Those that were found so far. */
    @Override
    public synchronized SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        known.forEach((name, file) -> file.ifPresent(any -> names.add(name)));
        return names;
    }

    @Override
    public @Nullable String digest(String internalName) {
        return file(internalName).map(file -> file.digest().hex()).orElse(null);
    }

    @Override
    public byte @Nullable [] find(String internalName) {
        Optional<StoredFile> file = file(internalName);
        if (file.isEmpty()) {
            return null;
        }
        try {
            return spool.read(file.get().blob().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized Optional<StoredFile> file(String name) {
        return known.computeIfAbsent(name, this::search);
    }

    private Optional<StoredFile> search(String name) {
        try {
            return BaseClasses.named(Set.of(name), files, archives, maxDepth, root).stream()
                    .filter(found -> found.key().release() == 0)
                    .map(BaseClasses.Found::file)
                    .filter(file -> file.blob().isPresent())
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
