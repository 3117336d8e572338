package dev.hotpatch.differ.pairing;

import dev.hotpatch.differ.content.StoredFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Files of two sides, paired: first by path, then by content, then by the name of the artefact in the same folder, then in any.
 *
 * @param pairs of files, by the target's path; the contents may be the same
 * @param removed only the base has them
 * @param added only the target has them
 */
record FilePairs(List<Pair> pairs, List<StoredFile> removed, List<StoredFile> added) {
    /** Two files that belong together. */
    record Pair(StoredFile base, StoredFile target) {
        boolean same() {
            return base.digest().equals(target.digest());
        }
    }

    static FilePairs of(List<StoredFile> base, List<StoredFile> target) {
        List<StoredFile> olds = new ArrayList<>(base);
        List<StoredFile> news = new ArrayList<>(target);
        List<Pair> pairs = new ArrayList<>();
        take(olds, news, pairs, StoredFile::path);
        take(olds, news, pairs, file -> file.digest().hex());
        take(olds, news, pairs, file -> folder(file) + ArtifactName.of(name(file)));
        take(olds, news, pairs, file -> ArtifactName.of(name(file)));
        pairs.sort(Comparator.comparing(pair -> pair.target.path()));
        return new FilePairs(List.copyOf(pairs), List.copyOf(olds), List.copyOf(news));
    }

    /** Pairs files with equal keys, in the order of their paths, wherever both sides have the same number of them. */
    private static void take(
            List<StoredFile> olds, List<StoredFile> news, List<Pair> pairs, Function<StoredFile, String> key) {
        Map<String, List<StoredFile>> byKey = group(news, key);
        Set<StoredFile> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        group(olds, key).forEach((name, from) -> {
            List<StoredFile> to = byKey.getOrDefault(name, List.of());
            if (from.size() != to.size()) {
                return;
            }
            for (int i = 0; i < from.size(); i++) {
                pairs.add(new Pair(from.get(i), to.get(i)));
            }
            taken.addAll(from);
            taken.addAll(to);
        });
        olds.removeIf(taken::contains);
        news.removeIf(taken::contains);
    }

    private static SortedMap<String, List<StoredFile>> group(List<StoredFile> files, Function<StoredFile, String> key) {
        SortedMap<String, List<StoredFile>> groups = new TreeMap<>();
        files.stream()
                .sorted(Comparator.comparing(StoredFile::path))
                .forEach(file -> groups.computeIfAbsent(key.apply(file), any -> new ArrayList<>())
                        .add(file));
        return groups;
    }

    private static String folder(StoredFile file) {
        return file.path().substring(0, file.path().lastIndexOf('/') + 1);
    }

    private static String name(StoredFile file) {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }
}
