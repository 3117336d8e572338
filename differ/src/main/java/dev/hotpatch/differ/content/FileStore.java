package dev.hotpatch.differ.content;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.ClassReader;

/** Reads files once: hashes all of them, and keeps the content of those that are compared by content. */
public final class FileStore {
    /** Larger class files cannot be carried by a patch, and are treated as any other file. */
    private static final int MAX_CLASS = 16 << 20;

    /** Text files that a plan may look into; longer ones are only hashed. */
    private static final int MAX_TEXT = 1 << 20;

    /** Longer archives are never in memory as a whole. */
    private static final int IN_MEMORY = 16 << 20;

    private static final Set<String> ARCHIVES = Set.of("jar", "war", "ear", "rar", "sar", "kar", "nar", "hpi", "jpi");
    private static final Set<String> TEXTS =
            Set.of("jib-classpath-file", "jib-main-class-file", "classpath.idx", "MANIFEST.MF");

    private final Spool spool;
    private final Limits limits;

    public FileStore(Spool spool, Limits limits) {
        this.spool = spool;
        this.limits = limits;
    }

    public Spool spool() {
        return spool;
    }

    public Limits limits() {
        return limits;
    }

    /**
     * Reads {@code in} to its end.
     *
     * @param path what the file is called; decides with its first bytes what is kept
     */
    public StoredFile store(String path, InputStream in) throws IOException {
        InputStream bounded = new BoundedInputStream(in, limits.fileBytes(), path);
        String name = path.substring(path.lastIndexOf('/') + 1);
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (name.endsWith(".class")) {
            return storeClass(path, bounded);
        }
        byte[] head = bounded.readNBytes(4);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), bounded);
        if (ARCHIVES.contains(extension)) {
            // What fits into memory is hashed there, without keeping other threads from the spool.
            byte[] start = whole.readNBytes(IN_MEMORY);
            Spool.Added added = start.length < IN_MEMORY
                    ? spool.add(start)
                    : spool.add(new SequenceInputStream(new ByteArrayInputStream(start), whole));
            return new StoredFile(
                    path, added.digest(), added.blob().size(), Optional.of(added.blob()), StoredFile.Kind.ARCHIVE, "");
        }
        if (TEXTS.contains(name)) {
            byte[] bytes = whole.readNBytes(MAX_TEXT);
            return keep(path, bytes, StoredFile.Kind.OTHER, "");
        }
        return hash(path, whole, isNative(head) ? StoredFile.Kind.NATIVE : StoredFile.Kind.OTHER);
    }

    private StoredFile storeClass(String path, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_CLASS + 1);
        if (bytes.length > MAX_CLASS) {
            return hash(path, new SequenceInputStream(new ByteArrayInputStream(bytes), in), StoredFile.Kind.OTHER);
        }
        Optional<String> className = className(bytes);
        return keep(
                path,
                bytes,
                className.isPresent() ? StoredFile.Kind.CLASS : StoredFile.Kind.OTHER,
                className.orElse(""));
    }

    private StoredFile keep(String path, byte[] bytes, StoredFile.Kind kind, String className) throws IOException {
        Spool.Added added = spool.add(bytes);
        return new StoredFile(path, added.digest(), bytes.length, Optional.of(added.blob()), kind, className);
    }

    private static StoredFile hash(String path, InputStream in, StoredFile.Kind kind) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[64 * 1024];
        long size = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            sha256.update(buffer, 0, count);
            size += count;
        }
        return new StoredFile(path, Digest.finish(sha256), size, Optional.empty(), kind, "");
    }

    /** The internal name that a class file gives itself, if it is one at all. */
    private static Optional<String> className(byte[] bytes) {
        if (bytes.length < 24 || bytes[0] != (byte) 0xca || bytes[1] != (byte) 0xfe || bytes[2] != (byte) 0xba) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(new ClassReader(bytes).getClassName()).filter(name -> !name.isEmpty());
        } catch (RuntimeException e) {
            // ASM declares no exception for a class file that is broken or newer than it knows.
            return Optional.empty();
        }
    }

    private static boolean isNative(byte[] head) {
        return Arrays.equals(head, new byte[] {0x7f, 'E', 'L', 'F'})
                || Arrays.equals(head, new byte[] {(byte) 0xcf, (byte) 0xfa, (byte) 0xed, (byte) 0xfe});
    }
}
