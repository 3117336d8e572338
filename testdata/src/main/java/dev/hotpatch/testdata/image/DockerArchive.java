package dev.hotpatch.testdata.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes a folder as an image of one layer, in the form of {@code docker save}. Same files, same bytes. */
final class DockerArchive {
    private static final int DIRECTORY = 0755;
    private static final int SHARED_DIRECTORY = 01777;
    private static final int PROGRAM = 0755;

    private DockerArchive() {}

    /**
     * Writes {@code image.tar} into a folder.
     *
     * @param root what becomes the layer; {@code /tmp} in it becomes writable for all, everything belongs to root
     */
    static Path ofOneLayer(Path root, Path folder, Map<String, String> environment) throws IOException {
        Path layer = folder.resolve("layer.tar.gz");
        String diffId = writeLayer(root, layer);
        String variables = new TreeMap<>(environment)
                .entrySet().stream()
                        .map(e -> "\"" + e.getKey() + "=" + e.getValue() + "\"")
                        .collect(Collectors.joining(","));
        String config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\"1970-01-01T00:00:00Z\","
                + "\"config\":{\"Env\":[" + variables + "]},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:" + diffId + "\"]},"
                + "\"history\":[{\"created\":\"1970-01-01T00:00:00Z\",\"created_by\":\"jlink\"}]}";
        String manifest = "[{\"Config\":\"config.json\",\"RepoTags\":[\"hotpatch-test-base:latest\"],"
                + "\"Layers\":[\"layer.tar.gz\"]}]";
        Path archive = folder.resolve("image.tar");
        try (TarArchiveOutputStream tar = LayerTar.open(Files.newOutputStream(archive))) {
            put(tar, "manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
            put(tar, "config.json", config.getBytes(StandardCharsets.UTF_8));
            TarArchiveEntry entry = LayerTar.entry("layer.tar.gz", TarConstants.LF_NORMAL, LayerTar.FILE);
            entry.setSize(Files.size(layer));
            tar.putArchiveEntry(entry);
            Files.copy(layer, tar);
            tar.closeArchiveEntry();
        }
        return archive;
    }

    private static String writeLayer(Path root, Path layer) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(file -> !file.equals(root)).sorted().toList();
        }
        try (OutputStream gzip = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(layer)));
                DigestOutputStream hashed = new DigestOutputStream(gzip, MessageDigest.getInstance("SHA-256"))) {
            try (TarArchiveOutputStream tar = LayerTar.open(hashed)) {
                for (Path file : files) {
                    putFile(tar, root.relativize(file).toString(), file);
                }
            }
            return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private static void putFile(TarArchiveOutputStream tar, String name, Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            TarArchiveEntry link = LayerTar.entry(name, TarConstants.LF_SYMLINK, 0777);
            link.setLinkName(Files.readSymbolicLink(file).toString());
            tar.putArchiveEntry(link);
        } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            tar.putArchiveEntry(
                    LayerTar.entry(name + "/", TarConstants.LF_DIR, name.equals("tmp") ? SHARED_DIRECTORY : DIRECTORY));
        } else {
            TarArchiveEntry entry =
                    LayerTar.entry(name, TarConstants.LF_NORMAL, Files.isExecutable(file) ? PROGRAM : LayerTar.FILE);
            entry.setSize(Files.size(file));
            tar.putArchiveEntry(entry);
            Files.copy(file, tar);
        }
        tar.closeArchiveEntry();
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = LayerTar.entry(name, TarConstants.LF_NORMAL, LayerTar.FILE);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
