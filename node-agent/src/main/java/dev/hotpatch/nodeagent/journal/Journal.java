package dev.hotpatch.nodeagent.journal;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has become of one patch in one JVM: an append-only file. A record is on the disk when {@link #record} returns. For one
 * thread at a time.
 */
public final class Journal {
    private static final int MAX_SIZE = 64 * 1024;

    private final JvmKey jvm;
    private final Digest patch;
    private final Path directory;
    private final Path file;
    private final Clock clock;
    private final FaultPoint fault;
    private final List<JournalRecord> records;
    private long wholeBytes;

    private Journal(JvmKey jvm, Digest patch, Path directory, String name, Clock clock, FaultPoint fault)
            throws IOException {
        this.jvm = jvm;
        this.patch = patch;
        this.directory = directory;
        this.file = directory.resolve(name);
        this.clock = clock;
        this.fault = fault;
        this.records = read();
    }

    static Journal open(JvmKey jvm, Digest patch, Path directory, String name, Clock clock, FaultPoint fault)
            throws IOException {
        return new Journal(jvm, patch, directory, name, clock, fault);
    }

    public JvmKey jvm() {
        return jvm;
    }

    public Digest patch() {
        return patch;
    }

    /** The last whole record; empty for a new journal. */
    public Optional<JournalRecord> last() {
        return records.isEmpty() ? Optional.empty() : Optional.of(records.get(records.size() - 1));
    }

    /** All records that the file still holds, oldest first. */
    public List<JournalRecord> records() {
        return List.copyOf(records);
    }

    /**
     * Writes a state down before what follows it is done.
     *
     * @throws IllegalStateException if it cannot follow the last one: a mistake in this program
     */
    public void record(ApplyState state, String code, String detail) throws IOException {
        Optional<JournalRecord> before = last();
        if (before.isPresent()
                ? !state.mayFollow(before.get().state())
                : state != ApplyState.PULLED && state != ApplyState.FAILED) {
            throw new IllegalStateException(file + ": " + state + " cannot follow "
                    + before.map(r -> r.state().name()).orElse("nothing"));
        }
        JournalRecord record = new JournalRecord(state, clock.instant().truncatedTo(ChronoUnit.MILLIS), code, detail);
        byte[] line = record.line();
        if (wholeBytes + line.length > MAX_SIZE) {
            compact();
        }
        boolean isNew = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // What a killed agent wrote of its last line is cut off.
            channel.truncate(wholeBytes);
            channel.position(wholeBytes);
            write(channel, line);
        }
        if (isNew) {
            StateDirectory.sync(directory);
        }
        wholeBytes += line.length;
        records.add(record);
        fault.reached(state);
    }

    /** Keeps the last record only, so that a JVM that is tried again for months does not fill the disk. */
    private void compact() throws IOException {
        JournalRecord kept = records.get(records.size() - 1);
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            write(channel, kept.line());
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        records.clear();
        records.add(kept);
        wholeBytes = kept.line().length;
    }

    private static void write(FileChannel channel, byte[] line) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(line);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
    }

    private List<JournalRecord> read() throws IOException {
        List<JournalRecord> result = new ArrayList<>();
        if (!Files.exists(file)) {
            return result;
        }
        if (Files.size(file) > 2 * MAX_SIZE) {
            throw new IOException(file + ": larger than a journal gets; remove it if it is damaged");
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            Optional<JournalRecord> record = JournalRecord.parse(text.substring(from, end));
            if (record.isEmpty()) {
                break;
            }
            result.add(record.get());
            from = end + 1;
        }
        wholeBytes = from;
        return result;
    }
}
