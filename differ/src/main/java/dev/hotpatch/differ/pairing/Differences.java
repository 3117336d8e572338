package dev.hotpatch.differ.pairing;

import dev.hotpatch.differ.archive.ArchiveReader;
import dev.hotpatch.differ.archive.ClassKey;
import dev.hotpatch.differ.archive.ClassPlace;
import dev.hotpatch.differ.archive.SharedEntries;
import dev.hotpatch.differ.content.BadContentException;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Pairs the files of two sides and opens the archives that differ, to any depth.
 *
 * @param units jars and folders of classes that may differ
 * @param files what else differs, by path
 */
public record Differences(List<UnitPair> units, List<FileDifference> files) {
    public Differences {
        units = List.copyOf(units);
        files = List.copyOf(files);
    }

    /**
     * Compares two sides.
     *
     * @param root what paths begin with: {@code /} in an image
     * @param onlyOne true if both sides are one file, which then belong together whatever they are called
     * @throws BadContentException if an archive is not read for safety
     */
    public static Differences between(
            SortedMap<String, StoredFile> base,
            SortedMap<String, StoredFile> target,
            ArchiveReader archives,
            int depth,
            String root,
            boolean onlyOne,
            Parallel parallel)
            throws IOException {
        Walk walk = new Walk(archives, depth, parallel);
        walk.files(new Place(root, base.values()), new Place(root, target.values()), onlyOne, 0);
        return walk.result();
    }

    /**
     * Files that lie together.
     *
     * @param prefix what comes before their paths
     */
    private record Place(String prefix, Collection<StoredFile> files) {
        String unit(String folder) {
            return ClassPlace.unitPath(prefix, folder);
        }
    }

    private record Unopened(Place place, Optional<StoredFile> file, SharedEntries.View shared) {}

    /** The class files below each folder that is on a class path, the archives, and the rest. */
    private static final class Sorted {
        final SortedMap<String, SortedMap<ClassKey, StoredFile>> roots = new TreeMap<>();
        final List<StoredFile> archives = new ArrayList<>();
        final SortedMap<String, StoredFile> others = new TreeMap<>();

        /** @param multiRelease whether JVMs look for forms of classes below {@code META-INF/versions} */
        Sorted(Collection<StoredFile> files, boolean multiRelease) {
            for (StoredFile file : files) {
                Optional<ClassPlace> place = ClassPlace.of(file).filter(found -> found.isSeen(multiRelease));
                if (place.isPresent()) {
                    roots.computeIfAbsent(place.get().root(), any -> new TreeMap<>())
                            .put(place.get().key(), file);
                } else if (file.kind() == StoredFile.Kind.ARCHIVE) {
                    archives.add(file);
                } else {
                    others.put(file.path(), file);
                }
            }
        }
    }

    private static final class Walk {
        private final ArchiveReader archives;
        private final int maxDepth;
        private final Parallel parallel;
        private final List<UnitPair> units = new ArrayList<>();
        private final SortedMap<String, FileDifference> files = new TreeMap<>();

        Walk(ArchiveReader archives, int maxDepth, Parallel parallel) {
            this.archives = archives;
            this.maxDepth = maxDepth;
            this.parallel = parallel;
        }

        Differences result() {
            return new Differences(units, new ArrayList<>(files.values()));
        }

        void files(Place base, Place target, boolean onlyOne, int depth) throws IOException {
            Sorted olds = new Sorted(base.files, archives.isMultiRelease(base.files));
            Sorted news = new Sorted(target.files, archives.isMultiRelease(target.files));
            classes(base, target, olds, news);
            others(base, target, olds, news);
            FilePairs pairs = FilePairs.of(olds.archives, news.archives);
            for (FilePairs.Pair pair : pairs.pairs()) {
                if (!pair.same()) {
                    archive(base, target, Optional.of(pair.base()), Optional.of(pair.target()), depth);
                } else if (!pair.base().path().equals(pair.target().path())) {
                    differ(base, target, Optional.of(pair.base()), Optional.of(pair.target()));
                }
            }
            if (onlyOne && pairs.removed().size() == 1 && pairs.added().size() == 1) {
                archive(
                        base,
                        target,
                        Optional.of(pairs.removed().get(0)),
                        Optional.of(pairs.added().get(0)),
                        depth);
                return;
            }
            for (StoredFile removed : pairs.removed()) {
                archive(base, target, Optional.of(removed), Optional.empty(), depth);
            }
            for (StoredFile added : pairs.added()) {
                archive(base, target, Optional.empty(), Optional.of(added), depth);
            }
        }

        private void archive(Place base, Place target, Optional<StoredFile> from, Optional<StoredFile> to, int depth)
                throws IOException {
            SharedEntries shared = new SharedEntries();
            List<Optional<Place>> opened = parallel.map(
                    List.of(new Unopened(base, from, shared.forwards()), new Unopened(target, to, shared.backwards())),
                    side -> open(side, depth),
                    done -> {});
            Optional<Place> old = opened.get(0);
            Optional<Place> now = opened.get(1);
            if (old.isEmpty() && now.isEmpty()) {
                differ(base, target, from, to);
                return;
            }
            Place nothing = new Place("", List.of());
            files(old.orElse(nothing), now.orElse(nothing), false, depth + 1);
        }

        private Optional<Place> open(Unopened side, int depth) throws IOException {
            if (side.file.isEmpty()) {
                return Optional.empty();
            }
            String path = side.place.prefix + side.file.get().path();
            Optional<NavigableMap<String, StoredFile>> entries = archives.read(side.file.get(), path, side.shared);
            if (entries.isPresent() && depth >= maxDepth) {
                throw new BadContentException(path + ": archives are nested more than " + maxDepth + " deep");
            }
            return entries.map(found -> new Place(path + "!/", found.values()));
        }

        private void classes(Place base, Place target, Sorted olds, Sorted news) {
            TreeSet<String> onlyBase = new TreeSet<>(olds.roots.keySet());
            TreeSet<String> onlyTarget = new TreeSet<>(news.roots.keySet());
            onlyBase.removeAll(news.roots.keySet());
            onlyTarget.removeAll(olds.roots.keySet());
            Map<String, String> pairs = new TreeMap<>();
            olds.roots.keySet().stream()
                    .filter(root -> news.roots.containsKey(root))
                    .forEach(root -> pairs.put(root, root));
            if (onlyBase.size() == 1 && onlyTarget.size() == 1) {
                pairs.put(onlyBase.pollFirst(), onlyTarget.pollFirst());
            }
            pairs.forEach((from, to) -> units.add(new UnitPair(
                    base.unit(from),
                    target.unit(to),
                    olds.roots.getOrDefault(from, new TreeMap<>()),
                    news.roots.getOrDefault(to, new TreeMap<>()))));
            onlyBase.forEach(from -> units.add(new UnitPair(
                    base.unit(from), "", olds.roots.getOrDefault(from, new TreeMap<>()), new TreeMap<>())));
            onlyTarget.forEach(to -> units.add(
                    new UnitPair("", target.unit(to), new TreeMap<>(), news.roots.getOrDefault(to, new TreeMap<>()))));
        }

        private void others(Place base, Place target, Sorted olds, Sorted news) {
            for (StoredFile old : olds.others.values()) {
                StoredFile now = news.others.get(old.path());
                if (now == null || !now.digest().equals(old.digest()) || now.kind() != old.kind()) {
                    differ(base, target, Optional.of(old), Optional.ofNullable(now));
                }
            }
            for (StoredFile now : news.others.values()) {
                if (!olds.others.containsKey(now.path())) {
                    differ(base, target, Optional.empty(), Optional.of(now));
                }
            }
        }

        private void differ(Place base, Place target, Optional<StoredFile> from, Optional<StoredFile> to) {
            String path = to.map(file -> target.prefix + file.path())
                    .or(() -> from.map(file -> base.prefix + file.path()))
                    .orElseThrow();
            files.put(path, new FileDifference(path, from, to));
        }
    }
}
