package dev.hotpatch.testdata.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Content on disk: {@code blobs/<hex>} for all repositories, and below {@code repositories/<name>} the folders {@code _blobs}
 * (which blobs it holds), {@code _manifests} and {@code _tags}. A file appears whole or not at all.
 */
final class Store {
    private final Path root;

    Store(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(root.resolve("blobs"));
        Files.createDirectories(root.resolve("uploads"));
        Files.createDirectories(root.resolve("repositories"));
    }

    static String digest(byte[] bytes) {
        return "sha256:" + HexFormat.of().formatHex(sha256().digest(bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    Path upload(String id) {
        return root.resolve("uploads").resolve(id);
    }

    /** Where a blob lies, if this repository holds it. */
    Optional<Path> blob(String repository, String digest) {
        Path blob = root.resolve("blobs").resolve(hex(digest));
        return Files.exists(link(repository, digest)) && Files.exists(blob) ? Optional.of(blob) : Optional.empty();
    }

    /** Moves a finished upload, whose digest has been checked, into the repository. */
    synchronized void commit(String repository, Path upload, String digest) throws IOException {
        Files.move(upload, root.resolve("blobs").resolve(hex(digest)), StandardCopyOption.ATOMIC_MOVE);
        link(repository, digest, digest);
    }

    /** Lets a repository hold a blob that another one holds already. */
    synchronized void mount(String repository, String digest) throws IOException {
        link(repository, digest, digest);
    }

    synchronized boolean deleteBlob(String repository, String digest) throws IOException {
        return Files.deleteIfExists(link(repository, digest));
    }

    synchronized void putManifest(String repository, StoredManifest manifest, Optional<String> tag) throws IOException {
        Path folder = repository(repository).resolve("_manifests");
        String hex = hex(manifest.digest());
        write(folder.resolve(hex), manifest.bytes());
        write(folder.resolve(hex + ".type"), manifest.mediaType().getBytes(StandardCharsets.UTF_8));
        if (tag.isPresent()) {
            write(tagFile(repository, tag.get()), manifest.digest().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The manifest that a tag or a digest names. */
    synchronized Optional<StoredManifest> manifest(String repository, String reference) throws IOException {
        try {
            String digest = reference.startsWith("sha256:")
                    ? reference
                    : Files.readString(tagFile(repository, reference)).strip();
            Path file = repository(repository).resolve("_manifests").resolve(hex(digest));
            String type = Files.readString(file.resolveSibling(hex(digest) + ".type"));
            return Optional.of(new StoredManifest(digest, type, Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Every manifest of a repository, by digest. */
    synchronized List<StoredManifest> manifests(String repository) throws IOException {
        List<StoredManifest> all = new ArrayList<>();
        for (String name : names(repository(repository).resolve("_manifests"))) {
            if (!name.endsWith(".type")) {
                manifest(repository, "sha256:" + name).ifPresent(all::add);
            }
        }
        return all;
    }

    synchronized boolean deleteTag(String repository, String tag) throws IOException {
        return Files.deleteIfExists(tagFile(repository, tag));
    }

    /** Deletes a manifest and the tags that name it. */
    synchronized boolean deleteManifest(String repository, String digest) throws IOException {
        Path file = repository(repository).resolve("_manifests").resolve(hex(digest));
        for (String tag : tags(repository)) {
            if (Files.readString(tagFile(repository, tag)).strip().equals(digest)) {
                deleteTag(repository, tag);
            }
        }
        Files.deleteIfExists(file.resolveSibling(hex(digest) + ".type"));
        return Files.deleteIfExists(file);
    }

    List<String> tags(String repository) throws IOException {
        return names(repository(repository).resolve("_tags"));
    }

    boolean hasRepository(String repository) {
        return Files.isDirectory(repository(repository));
    }

    List<String> repositories() throws IOException {
        Path top = root.resolve("repositories");
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(path -> path.endsWith("_manifests"))
                    .map(path -> top.relativize(path).toString())
                    .map(path -> path.substring(0, path.length() - "/_manifests".length()))
                    .sorted()
                    .toList();
        }
    }

    private Path repository(String name) {
        return root.resolve("repositories").resolve(name);
    }

    private Path tagFile(String repository, String tag) {
        return repository(repository).resolve("_tags").resolve(tag);
    }

    private Path link(String repository, String digest) {
        return repository(repository).resolve("_blobs").resolve(hex(digest));
    }

    private void link(String repository, String digest, String content) throws IOException {
        Path link = link(repository, digest);
        Files.createDirectories(link.getParent());
        try {
            Files.writeString(link, content, java.nio.file.StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            // held already
        }
    }

    private void write(Path target, byte[] content) throws IOException {
        Files.createDirectories(target.getParent());
        Path draft = Files.createTempFile(root.resolve("uploads"), "draft", "");
        Files.write(draft, content);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String hex(String digest) {
        return digest.substring("sha256:".length());
    }
}
