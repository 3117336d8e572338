package dev.hotpatch.differ;

import dev.hotpatch.differ.archive.ArchiveReader;
import dev.hotpatch.differ.archive.ClassPlace;
import dev.hotpatch.differ.content.Blob;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The jars and folders of classes of the base, as files that a JVM can have on its class path. For one thread. */
final class BaseClassPath {
    private static final String SUFFIX = ".class";

    private final Collection<StoredFile> files;
    private final ArchiveReader archives;
    private final int maxDepth;
    private final String root;
    private final Spool spool;

    BaseClassPath(Collection<StoredFile> files, ArchiveReader archives, int maxDepth, String root, Spool spool) {
        this.files = files;
        this.archives = archives;
        this.maxDepth = maxDepth;
        this.root = root;
        this.spool = spool;
    }

    /** Writes them below a folder; the units in {@code first} come first. */
    List<Path> extract(List<String> first, Path folder) throws IOException {
        Extraction extraction = new Extraction(folder);
        extraction.files(files, root, 0);
        List<Path> paths = new ArrayList<>();
        first.forEach(unit -> Optional.ofNullable(extraction.units.remove(unit)).ifPresent(paths::add));
        paths.addAll(extraction.units.values());
        return paths;
    }

    /** Class files of that name, by the path of their unit. */
    SortedMap<String, byte[]> find(String name) throws IOException {
        SortedMap<String, byte[]> found = new TreeMap<>();
        for (BaseClasses.Found each : BaseClasses.named(Set.of(name), files, archives, maxDepth, root)) {
            Optional<Blob> blob = each.file().blob();
            if (each.key().release() == 0 && blob.isPresent()) {
                found.put(each.unit(), spool.read(blob.get()));
            }
        }
        return found;
    }

    private final class Extraction {
        private final Path folder;
        private final Map<String, Path> units = new LinkedHashMap<>();
        private final Set<Path> known = new HashSet<>();

        Extraction(Path folder) {
            this.folder = folder;
        }

        void files(Collection<StoredFile> found, String prefix, int depth) throws IOException {
            for (StoredFile file : found) {
                if (file.kind() == StoredFile.Kind.ARCHIVE && depth < maxDepth) {
                    archive(file, prefix + file.path(), depth);
                } else {
                    classFile(file, prefix);
                }
            }
        }

        private void archive(StoredFile archive, String path, int depth) throws IOException {
            if (archive.blob().isEmpty()) {
                return;
            }
            Path jar = next(path + ".jar");
            copy(archive.blob().get(), jar);
            units.put(path, jar);
            List<StoredFile> inner = archives.select(archive, name -> isArchive(name) || isBelowFolder(name), path);
            files(inner, path + "!/", depth + 1);
        }

        /** Only what is in a folder that is a class path of its own; the rest a JVM finds in the jar. */
        private void classFile(StoredFile file, String prefix) throws IOException {
            Optional<ClassPlace> place = ClassPlace.of(file);
            boolean inJar = prefix.endsWith("!/");
            if (place.isEmpty()
                    || place.get().key().release() != 0
                    || file.blob().isEmpty()) {
                return;
            }
            if (inJar && place.get().root().isEmpty()) {
                return;
            }
            String unit = ClassPlace.unitPath(prefix, place.get().root());
            Path classes = units.computeIfAbsent(unit, any -> folder.resolve("classes-" + units.size()));
            Path target = classes.resolve(place.get().key().name() + SUFFIX).normalize();
            if (target.startsWith(classes) && known.add(target)) {
                Files.createDirectories(target.getParent());
                copy(file.blob().get(), target);
            }
        }

        private Path next(String path) {
            return folder.resolve(
                    units.size() + "-" + path.replaceAll("[^A-Za-z0-9.-]+", "-").replaceAll("^.*-(?=[^-]{1,80}$)", ""));
        }

        private void copy(Blob blob, Path target) throws IOException {
            try (SeekableByteChannel channel = spool.open(blob);
                    InputStream in = Channels.newInputStream(channel)) {
                Files.copy(in, target);
            }
        }
    }

    private static boolean isArchive(String path) {
        return path.endsWith(".jar") || path.endsWith(".war") || path.endsWith(".rar");
    }

    private static boolean isBelowFolder(String path) {
        return path.endsWith(SUFFIX) && path.contains("-INF/classes/");
    }
}
