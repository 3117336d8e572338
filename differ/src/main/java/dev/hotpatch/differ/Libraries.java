package dev.hotpatch.differ;

import dev.hotpatch.differ.archive.ArchiveReader;
import dev.hotpatch.differ.classes.ClassReferences;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.lift.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Classes of the base in jars that do not change and that stand above classes of others. Safe for several threads. */
final class Libraries implements Side {
    /** Bound of how far up hierarchies are followed from jar to jar. */
    private static final int MAX_PASSES = 16;

    private final Collection<StoredFile> files;
    private final ArchiveReader archives;
    private final int maxDepth;
    private final String root;
    private final Spool spool;
    private final Map<String, StoredFile> known = new HashMap<>();

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
        return new TreeSet<>(known.keySet());
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
        return Optional.ofNullable(known.get(name));
    }

    /** Looks for the super types of the classes that any of these sees, and for theirs, in a few passes over all jars. */
    synchronized void findAbove(List<ReleaseViews> views) throws IOException {
        Set<String> open = superTypes(views);
        Set<String> tried = new HashSet<>();
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            open.removeIf(name -> !tried.add(name) || views.stream().allMatch(each -> each.isSeen(name)));
            if (open.isEmpty()) {
                return;
            }
            List<BaseClasses.Found> all = BaseClasses.named(open, files, archives, maxDepth, root);
            open.clear();
            for (BaseClasses.Found found : all) {
                if (found.key().release() == 0 && found.file().blob().isPresent()) {
                    known.putIfAbsent(found.key().name(), found.file());
                    open.addAll(ClassReferences.superTypes(
                            spool.read(found.file().blob().orElseThrow())));
                }
            }
        }
    }

    private static Set<String> superTypes(List<ReleaseViews> views) {
        Set<String> seen = new HashSet<>();
        Set<String> above = new HashSet<>();
        for (ReleaseViews each : views) {
            for (Side side : List.of(each.base(), each.target())) {
                for (String name : side.names()) {
                    byte[] bytes = seen.add(String.valueOf(side.digest(name))) ? side.find(name) : null;
                    if (bytes != null) {
                        above.addAll(ClassReferences.superTypes(bytes));
                    }
                }
            }
        }
        return above;
    }
}
