package dev.hotpatch.patchformat.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Keys on disk, on a POSIX file system. */
public final class KeyFiles {
    private KeyFiles() {}

    /**
     * Writes a private key's PEM file, readable by its owner only from the first moment.
     *
     * @throws FileAlreadyExistsException if there is anything under that name: a key is never overwritten
     */
    public static void writePrivate(Path file, byte[] pem) throws IOException {
        write(file, pem, "rw-------");
    }

    /** Writes a public key's PEM file; never overwrites one. */
    public static void writePublic(Path file, byte[] pem) throws IOException {
        write(file, pem, "rw-r--r--");
    }

    /** Reads a private key as {@link SigningKey#parse} does; the error names the file. */
    public static SigningKey readPrivate(Path file, Supplier<char[]> password) throws IOException {
        byte[] pem = read(file);
        try {
            return SigningKey.parse(pem, password);
        } catch (KeyFileException e) {
            throw new KeyFileException(file + ": " + e.getMessage(), e);
        } finally {
            java.util.Arrays.fill(pem, (byte) 0);
        }
    }

    /** Reads the public keys of a file as {@link TrustedKey#parseAll} does; the error names the file. */
    public static List<TrustedKey> readPublic(Path file) throws IOException {
        try {
            return TrustedKey.parseAll(read(file));
        } catch (KeyFileException e) {
            throw new KeyFileException(file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            // One byte more than is allowed, so that the parser sees that there is too much.
            return in.readNBytes(Pem.MAX_BYTES + 1);
        }
    }

    private static void write(Path file, byte[] pem, String permissions) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)))) {
            ByteBuffer bytes = ByteBuffer.wrap(pem);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
