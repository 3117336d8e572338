package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A folder of rebuilt layers, each in a file with its digest as name, of bounded size. A layer that is written has another name until it
 * is verified. For any number of threads.
 */
final class LayerFolder {
    private static final String HEX = "[0-9a-f]{64}";
    /** So much of the disk is left to others. */
    private static final long RESERVE = 64L << 20;

    private final Path folder;
    private final long maxBytes;
    private final Duration maxAge;
    private final Clock clock;

    private LayerFolder(Path folder, long maxBytes, Duration maxAge, Clock clock) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /**
     * Makes the folder if needed, and removes what an earlier process left unfinished.
     *
     * @param maxBytes of all layers and scratch files together
     * @param maxAge older layers are removed when another is written
     */
    static LayerFolder open(Path folder, long maxBytes, Duration maxAge, Clock clock) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{partial,delta,tar,base,held}")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        return new LayerFolder(folder, maxBytes, maxAge, clock);
    }

    /** Where temporary files of {@code LayerRestore} belong. */
    Path scratch() {
        return folder;
    }

    /** A layer that was rebuilt; it may be removed at any time, but not from under those who have opened it. */
    Optional<Path> find(Digest layer) {
        Path file = folder.resolve(layer.hex());
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /** Writes a layer to a file that is there already, and throws unless it is the right one. */
    @FunctionalInterface
    interface Body {
        void write(Path target) throws IOException;
    }

    /** Stores a layer; if {@code body} throws, nothing. */
    Path write(Digest layer, Body body) throws IOException {
        Path file = folder.resolve(layer.hex());
        Path partial = Files.createTempFile(folder, layer.hex(), ".partial");
        try {
            body.write(partial);
            try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
        return file;
    }

    /**
     * Removes layers, the oldest first, until {@code bytes} more are within the bound.
     *
     * @throws FallbackException if they never are, or the disk is too full
     */
    synchronized void makeRoom(long bytes) throws IOException {
        List<Entry> entries = entries();
        long total = entries.stream().mapToLong(Entry::size).sum();
        Instant oldest = clock.instant().minus(maxAge);
        for (Entry entry : entries) {
            boolean layer = entry.file.getFileName().toString().matches(HEX);
            if (layer && (entry.written.isBefore(oldest) || total + bytes > maxBytes)) {
                Files.deleteIfExists(entry.file);
                total -= entry.size;
            }
        }
        if (total + bytes > maxBytes) {
            throw new FallbackException(
                    Fallback.NO_SPACE,
                    bytes + " bytes are needed for the layer and its base; at most " + maxBytes + " are allowed in "
                            + folder,
                    null);
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free - RESERVE < bytes) {
            throw new FallbackException(
                    Fallback.NO_SPACE,
                    bytes + " bytes are needed for the layer and its base; " + free + " are free in " + folder,
                    null);
        }
    }

    private record Entry(Path file, long size, Instant written) {}

    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                try {
                    entries.add(new Entry(
                            file,
                            Files.size(file),
                            Files.getLastModifiedTime(file).toInstant()));
                } catch (NoSuchFileException e) {
                    // Gone in between: nothing to count.
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::written));
        return entries;
    }
}
