package dev.hotpatch.differ;

import dev.hotpatch.differ.archive.ArchiveReader;
import dev.hotpatch.differ.archive.ClassKey;
import dev.hotpatch.differ.archive.ClassPlace;
import dev.hotpatch.differ.content.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Class files of the base wherever they are, also in jars that are the same in the target. */
final class BaseClasses {
    private static final String SUFFIX = ".class";

    /**
     * A class file of the base.
     *
     * @param unit the path of its jar or folder
     */
    record Found(String unit, ClassKey key, StoredFile file) {}

    private final ArchiveReader archives;
    private final int maxDepth;
    private final Set<String> names;

    /** What follows the package: few entries of a jar end so. */
    private final Set<String> simpleNames;

    private final List<Found> found = new ArrayList<>();

    private BaseClasses(ArchiveReader archives, int maxDepth, Set<String> names) {
        this.archives = archives;
        this.maxDepth = maxDepth;
        this.names = names;
        this.simpleNames = names.stream()
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    /** All class files of classes with one of these names, in the order of their paths. */
    static List<Found> named(
            Set<String> names, Collection<StoredFile> files, ArchiveReader archives, int maxDepth, String root)
            throws IOException {
        BaseClasses classes = new BaseClasses(archives, maxDepth, names);
        if (!names.isEmpty()) {
            classes.files(files, root, 0);
        }
        return List.copyOf(classes.found);
    }

    private void files(Collection<StoredFile> files, String prefix, int depth) throws IOException {
        for (StoredFile file : files) {
            if (file.kind() == StoredFile.Kind.ARCHIVE && depth < maxDepth) {
                String path = prefix + file.path();
                files(archives.select(file, this::mayHold, path), path + "!/", depth + 1);
            } else if (names.contains(file.className())) {
                ClassPlace.of(file)
                        .ifPresent(place ->
                                found.add(new Found(ClassPlace.unitPath(prefix, place.root()), place.key(), file)));
            }
        }
    }

    /** Whether an entry is an archive, or may by its path be a class with one of the names. */
    private boolean mayHold(String path) {
        if (!path.endsWith(SUFFIX)) {
            return path.endsWith(".jar") || path.endsWith(".war") || path.endsWith(".rar");
        }
        String name = path.substring(0, path.length() - SUFFIX.length());
        if (!simpleNames.contains(name.substring(name.lastIndexOf('/') + 1))) {
            return false;
        }
        while (!names.contains(name)) {
            int slash = name.indexOf('/');
            if (slash < 0) {
                return false;
            }
            name = name.substring(slash + 1);
        }
        return true;
    }
}
