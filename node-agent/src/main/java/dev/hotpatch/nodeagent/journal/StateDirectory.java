package dev.hotpatch.nodeagent.journal;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The directory where a node-agent keeps its journals and what people told it, mode 0700, used by one agent at a time. Whoever
 * opened it closes it. For any number of threads, each with journals of its own.
 */
public final class StateDirectory implements AutoCloseable {
    private static final String STOP = "stop";
    private static final String JOURNAL = ".journal";
    private static final int MAX_JOURNALS = 100_000;

    private final Path directory;
    private final Path journals;
    private final Path withheld;
    private final Clock clock;
    private final FaultPoint fault;
    private final FileChannel lock;

    private StateDirectory(Path directory, Clock clock, FaultPoint fault, FileChannel lock) {
        this.directory = directory;
        this.journals = directory.resolve("journal");
        this.withheld = directory.resolve("withheld");
        this.clock = clock;
        this.fault = fault;
        this.lock = lock;
    }

    /**
     * Makes the directory if needed and takes it for this process.
     *
     * @throws IOException if another agent uses it, or others than its owner may
     */
    public static StateDirectory open(Path directory, Clock clock, FaultPoint fault) throws IOException {
        for (Path part : List.of(directory, directory.resolve("journal"), directory.resolve("withheld"))) {
            if (!Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(
                        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        }
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
        if (!permissions.endsWith("------")) {
            throw new IOException(directory + ": expected mode 0700, found " + permissions
                    + "; nobody but the agent may read or write its state: chmod 0700 it");
        }
        FileChannel lock =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = lock.tryLock();
            if (held == null) {
                throw new OverlappingFileLockException();
            }
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new IOException(directory + ": another node-agent uses this state directory", e);
        }
        return new StateDirectory(directory, clock, fault, lock);
    }

    public Path path() {
        return directory;
    }

    /** Whether the kill switch is thrown: a file {@code stop} in the directory stops all that the agent does to JVMs. */
    public boolean isStopped() {
        return Files.exists(directory.resolve(STOP), LinkOption.NOFOLLOW_LINKS);
    }

    /** The journal of a patch in a JVM, new or as it was left. */
    public Journal journal(JvmKey jvm, Digest patch) throws IOException {
        return Journal.open(jvm, patch, journals, name(jvm, patch), clock, fault);
    }

    /** All journals there are. Files that are none are passed over. */
    public List<Journal> journals() throws IOException {
        List<Journal> journals = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(this.journals, "*" + JOURNAL)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                int middle = name.indexOf('_');
                Optional<JvmKey> jvm = middle < 0 ? Optional.empty() : JvmKey.parse(name.substring(0, middle));
                String hex = middle < 0 ? "" : name.substring(middle + 1, name.length() - JOURNAL.length());
                if (jvm.isPresent() && hex.matches("[0-9a-f]{64}") && journals.size() < MAX_JOURNALS) {
                    journals.add(Journal.open(jvm.get(), new Digest(hex), this.journals, name, clock, fault));
                }
            }
        }
        return journals;
    }

    /** Forgets a journal: its JVM is gone. */
    public void forget(Journal journal) throws IOException {
        Files.deleteIfExists(journals.resolve(name(journal.jvm(), journal.patch())));
    }

    /** Writes down that a patch is not wanted on this node: it is taken out and not applied again until {@link #release}. */
    public void withhold(Digest patch, String reason) throws IOException {
        try (FileChannel channel = FileChannel.open(
                withheld.resolve(patch.hex()),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(clock.instant() + " " + reason + "\n"));
            channel.force(true);
        }
        sync(withheld);
    }

    /** Takes back {@link #withhold}. */
    public void release(Digest patch) throws IOException {
        if (Files.deleteIfExists(withheld.resolve(patch.hex()))) {
            sync(withheld);
        }
    }

    public boolean isWithheld(Digest patch) {
        return Files.exists(withheld.resolve(patch.hex()), LinkOption.NOFOLLOW_LINKS);
    }

    /** The patches that are withheld, in the order of their digests. */
    public List<Digest> withheld() throws IOException {
        List<Digest> patches = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(withheld)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.matches("[0-9a-f]{64}")) {
                    patches.add(new Digest(name));
                }
            }
        }
        patches.sort(null);
        return patches;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** Makes a directory's entries as lasting as the files themselves. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static String name(JvmKey jvm, Digest patch) {
        return jvm + "_" + patch.hex() + JOURNAL;
    }
}
