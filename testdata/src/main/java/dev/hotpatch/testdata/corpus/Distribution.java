package dev.hotpatch.testdata.corpus;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A binary distribution (tar.gz with one top folder), unpacked once into the cache. */
public final class Distribution {
    private final Path root;

    private Distribution(Path root) {
        this.root = root;
    }

    /**
     * Unpacks what is wanted of an archive.
     *
     * @param wanted decides by the path below the archive's top folder
     */
    public static Distribution unpack(Path archive, CacheFolder cache, Predicate<String> wanted) throws IOException {
        String name = archive.getFileName().toString().replace(".tar.gz", "");
        Path target = cache.folder("unpacked").resolve(name);
        if (!Files.isDirectory(target)) {
            Path partial = Files.createTempDirectory(target.getParent(), "." + name);
            extract(archive, partial, wanted);
            try {
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
                Folders.delete(partial); // another process was faster
            }
        }
        return new Distribution(target);
    }

    private static void extract(Path archive, Path to, Predicate<String> wanted) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String below = entry.getName().substring(entry.getName().indexOf('/') + 1);
                Path target = to.resolve(below).normalize();
                if (!entry.isFile() || !target.startsWith(to) || !wanted.test(below)) {
                    continue;
                }
                Files.createDirectories(target.getParent());
                Files.copy(tar, target);
            }
        }
    }

    public Path root() {
        return root;
    }

    /** The jars directly in one folder, sorted by name. */
    public List<Path> jars(String folder) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
