package dev.hotpatch.registryclient.registry;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.oci.VerifyingInputStream;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.transport.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;

/** Blobs, as verified streams and as files. */
final class Downloads {
    private static final int BUFFER = 128 * 1024;

    private final Endpoint endpoint;
    private final Progress progress;
    private final Object[] doors = new Object[64];

    Downloads(Endpoint endpoint, Progress progress) {
        this.endpoint = endpoint;
        this.progress = progress;
        Arrays.setAll(doors, i -> new Object());
    }

    InputStream open(Repository repository, Descriptor blob) throws IOException {
        return new VerifyingInputStream(
                ResumingBlob.open(endpoint, repository, blob, 0, endpoint.deadline(), progress), blob);
    }

    void save(Repository repository, Descriptor blob, Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path partial = absolute.resolveSibling(blob.digest().hex() + ".partial");
        Deadline deadline = endpoint.deadline();
        // One transfer at a time for each digest: the second one finds it done.
        synchronized (doors[Math.floorMod(blob.digest().hashCode(), doors.length)]) {
            if (holds(absolute, blob)) {
                return;
            }
            boolean done = fill(repository, blob, partial, absolute, deadline);
            if (!done) {
                // What an earlier, interrupted download left may have been bad; this time it starts from nothing.
                done = fill(repository, blob, partial, absolute, deadline);
            }
            if (!done) {
                throw new DigestMismatchException(repository + ": twice received other content than " + blob.digest()
                        + "; the registry or something on the way to it is damaged");
            }
        }
    }

    /** Completes the partial file; false, and the file emptied, if the outcome has another digest. */
    private boolean fill(Repository repository, Descriptor blob, Path partial, Path target, Deadline deadline)
            throws IOException {
        try (FileChannel file = FileChannel.open(
                        partial, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = file.lock()) {
            if (!lock.isValid() || holds(target, blob)) {
                return true; // Another process was faster.
            }
            MessageDigest sha256 = Digest.sha256();
            if (file.size() > blob.size()) {
                file.truncate(0);
            }
            hash(file, sha256);
            try (InputStream in = ResumingBlob.open(endpoint, repository, blob, file.size(), deadline, progress)) {
                append(in, file, blob.size(), sha256);
            }
            if (!Digest.finish(sha256).equals(blob.digest())) {
                file.truncate(0);
                Files.deleteIfExists(partial);
                return false;
            }
            file.force(true);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
    }

    private static void append(InputStream in, FileChannel file, long size, MessageDigest sha256) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long written = file.size();
        file.position(written);
        while (written < size) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, size - written));
            if (count < 0) {
                return;
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            sha256.update(buffer, 0, count);
            written += count;
        }
    }

    private static boolean holds(Path target, Descriptor blob) throws IOException {
        if (!Files.isRegularFile(target) || Files.size(target) != blob.size()) {
            return false;
        }
        MessageDigest sha256 = Digest.sha256();
        try (FileChannel file = FileChannel.open(target, StandardOpenOption.READ)) {
            hash(file, sha256);
        }
        return Digest.finish(sha256).equals(blob.digest());
    }

    private static void hash(FileChannel file, MessageDigest sha256) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long at = 0; at < file.size(); ) {
            buffer.clear();
            int count = file.read(buffer, at);
            if (count < 0) {
                return;
            }
            sha256.update(buffer.flip());
            at += count;
        }
    }
}
