package dev.hotpatch.differ.image;

import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.plan.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A jar, a war or a folder of them, outside any image.
 *
 * @param path the file or folder
 * @param title its name
 * @param listing of a folder, the digest of the list of its files when it was opened; of a file it is that of what was read, which is
 *     read once
 */
public record LibrarySource(Path path, String title, Optional<Digest> listing) implements Source {
    static LibrarySource open(Path path) throws IOException {
        Path name = path.toAbsolutePath().normalize().getFileName();
        String title = name == null ? path.toString() : name.toString();
        return new LibrarySource(path, title, Files.isDirectory(path) ? Optional.of(list(path)) : Optional.empty());
    }

    @Override
    public Optional<Platform> platform() {
        return Optional.empty();
    }

    @Override
    public Origin origin(SortedMap<String, StoredFile> files) {
        return Origin.library(
                title, listing.orElseGet(() -> files.values().iterator().next().digest()));
    }

    /** The regular files and links of a folder, sorted by path; links are not followed. */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(file -> Files.isRegularFile(file) || Files.isSymbolicLink(file))
                    .sorted()
                    .toList();
        }
    }

    private static Digest list(Path folder) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        for (Path file : files(folder)) {
            String what = Files.isSymbolicLink(file)
                    ? "-> " + Files.readSymbolicLink(file)
                    : hash(file).hex();
            String line = what + " " + folder.relativize(file) + "\n";
            sha256.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return Digest.finish(sha256);
    }

    private static Digest hash(Path file) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sha256.update(buffer, 0, count);
            }
        }
        return Digest.finish(sha256);
    }
}
