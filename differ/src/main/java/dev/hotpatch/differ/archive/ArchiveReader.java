package dev.hotpatch.differ.archive;

import dev.hotpatch.differ.content.BadContentException;
import dev.hotpatch.differ.content.BoundedInputStream;
import dev.hotpatch.differ.content.FileStore;
import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.content.MemberPath;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Reads the entries of zips, which may follow a shell script as in self-starting jars. Remembers what it read, since the same jar is
 * asked for by several steps. Safe for several threads.
 */
public final class ArchiveReader {
    /** An archive as a whole may inflate by this ratio; jars have 2 to 10. Overlapping entries make bombs of small files. */
    private static final int TOTAL_RATIO = 100;

    private static final long TOTAL_FROM = 256L << 20;

    private final FileStore store;
    private final Map<Digest, Optional<NavigableMap<String, StoredFile>>> known = new ConcurrentHashMap<>();

    public ArchiveReader(FileStore store) {
        this.store = store;
    }

    /**
     * The files in an archive by path, or nothing if it is no zip in spite of its name.
     *
     * @param what where the archive is, for messages
     * @throws BadContentException for entries that are refused for safety, or that are there twice and not the same
     */
    public Optional<NavigableMap<String, StoredFile>> read(StoredFile archive, String what) throws IOException {
        return read(archive, what, SharedEntries.none());
    }

    /**
     * The same for one of two archives that have much in common.
     *
     * @param shared what the other one has of it already
     */
    public Optional<NavigableMap<String, StoredFile>> read(StoredFile archive, String what, SharedEntries.View shared)
            throws IOException {
        Optional<NavigableMap<String, StoredFile>> before = known.get(archive.digest());
        if (before == null) {
            before = open(archive, path -> true, what, shared);
            known.put(archive.digest(), before);
        }
        return before;
    }

    /**
     * The files of an archive that {@code wanted} accepts by path, without reading the others.
     *
     * @param what where the archive is, for messages
     */
    public List<StoredFile> select(StoredFile archive, Predicate<String> wanted, String what) throws IOException {
        Optional<NavigableMap<String, StoredFile>> all = known.get(archive.digest());
        if (all == null) {
            all = open(archive, wanted, what, SharedEntries.none());
        }
        return all.map(files -> files.values().stream()
                        .filter(file -> wanted.test(file.path()))
                        .toList())
                .orElse(List.of());
    }

    /** Whether a file has the end that all archives have; one that was cut off has not. */
    public boolean isArchive(StoredFile file) throws IOException {
        if (file.blob().isEmpty() || file.kind() != StoredFile.Kind.ARCHIVE) {
            return false;
        }
        try (SeekableByteChannel channel = store.spool().open(file.blob().get())) {
            return EndRecord.isIn(channel);
        }
    }

    /** Whether these are the files of a jar that may have forms of classes for releases of Java. */
    public boolean isMultiRelease(Collection<StoredFile> files) throws IOException {
        for (StoredFile file : files) {
            if (file.path().equals(JarFile.MANIFEST_NAME) && file.blob().isPresent()) {
                byte[] manifest = store.spool().read(file.blob().get());
                try (InputStream in = new ByteArrayInputStream(manifest, 0, mainSection(manifest))) {
                    return "true"
                            .equalsIgnoreCase(
                                    new Manifest(in).getMainAttributes().getValue(Attributes.Name.MULTI_RELEASE));
                } catch (IOException e) {
                    // A manifest that no JVM understands says nothing.
                    return false;
                }
            }
        }
        return false;
    }

    /** Where a manifest's first section ends: that of a signed jar goes on with a digest for each entry. */
    private static int mainSection(byte[] manifest) {
        int line = 0;
        for (int i = 0; i < manifest.length; i++) {
            if (manifest[i] == '\n' || manifest[i] == '\r') {
                boolean pair = manifest[i] == '\r' && i + 1 < manifest.length && manifest[i + 1] == '\n';
                if (i == line) {
                    return i;
                }
                i += pair ? 1 : 0;
                line = i + 1;
            }
        }
        return manifest.length;
    }

    private Optional<NavigableMap<String, StoredFile>> open(
            StoredFile archive, Predicate<String> wanted, String what, SharedEntries.View shared) throws IOException {
        if (archive.blob().isEmpty() || archive.kind() != StoredFile.Kind.ARCHIVE) {
            return Optional.empty();
        }
        try (SeekableByteChannel channel = store.spool().open(archive.blob().get())) {
            if (!EndRecord.isIn(channel)) {
                return Optional.empty();
            }
            try (ZipFile zip = ZipFile.builder()
                    .setSeekableByteChannel(channel)
                    .setIgnoreLocalFileHeader(true)
                    .get()) {
                return Optional.of(Collections.unmodifiableNavigableMap(entries(zip, archive, wanted, what, shared)));
            }
        } catch (BadContentException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The library declares no exception for some damaged headers.
            throw new BadContentException(what + ": not a readable jar: " + e.getMessage(), e);
        }
    }

    private NavigableMap<String, StoredFile> entries(
            ZipFile zip, StoredFile archive, Predicate<String> wanted, String what, SharedEntries.View shared)
            throws IOException {
        Limits limits = store.limits();
        long mostBytes = Math.min(limits.archiveBytes(), Math.max(TOTAL_FROM, TOTAL_RATIO * archive.size()));
        List<ZipArchiveEntry> entries = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        int count = 0;
        for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
            if (++count > limits.entries()) {
                throw new BadContentException(what + ": more than " + limits.entries() + " entries");
            }
            String path = MemberPath.normalise(entry.getName(), what);
            if (entry.isDirectory() || path.isEmpty() || !wanted.test(path)) {
                continue;
            }
            if (!zip.canReadEntryData(entry)) {
                throw new BadContentException(what + "!/" + path + ": encrypted, or compressed in a way no JVM reads");
            }
            entries.add(entry);
            paths.add(path);
        }
        StoredFile[] read = new StoredFile[entries.size()];
        long total = 0;
        for (int step = 0; step < read.length; step++) {
            int i = shared.isForwards() ? step : read.length - 1 - step;
            read[i] = file(zip, entries.get(i), paths.get(i), what, shared);
            total += read[i].size();
            if (total > mostBytes) {
                throw new BadContentException(
                        what + ": inflates to more than " + mostBytes + " bytes; refused as a possible bomb");
            }
        }
        NavigableMap<String, StoredFile> files = new TreeMap<>();
        for (StoredFile file : read) {
            put(files, file, what);
        }
        return files;
    }

    private StoredFile file(ZipFile zip, ZipArchiveEntry entry, String path, String what, SharedEntries.View shared)
            throws IOException {
        SharedEntries.Raw raw = shared.raw(zip, entry, path);
        StoredFile known = shared.find(raw);
        if (known != null) {
            return known;
        }
        long most = Math.max(
                Limits.RATIO_FROM,
                Math.max(0, entry.getCompressedSize()) * store.limits().ratio());
        try (InputStream in = zip.getInputStream(entry)) {
            StoredFile file = store.store(path, new BoundedInputStream(in, most, what + "!/" + path));
            shared.put(raw, file);
            return file;
        }
    }

    /** Some build tools write licence files twice; what is run must be there once. */
    private static void put(SortedMap<String, StoredFile> files, StoredFile file, String what)
            throws BadContentException {
        StoredFile other = files.put(file.path(), file);
        boolean run = file.kind() == StoredFile.Kind.CLASS || file.kind() == StoredFile.Kind.ARCHIVE;
        if (other != null && run && !other.digest().equals(file.digest())) {
            throw new BadContentException(what + "!/" + file.path()
                    + " is there twice with different content; which one runs cannot be told");
        }
    }
}
