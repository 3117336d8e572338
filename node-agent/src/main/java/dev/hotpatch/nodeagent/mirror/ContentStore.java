package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.oci.VerifyingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The blobs that containerd keeps, as its content store lays them out on the disk. Only read, and verified while they are read. For any
 * number of threads.
 */
final class ContentStore {
    private final Path blobs;

    /** Of a containerd with this root directory. */
    ContentStore(Path root) {
        blobs = root.resolve("io.containerd.content.v1.content/blobs/sha256");
    }

    boolean has(Digest digest) {
        return Files.isRegularFile(file(digest));
    }

    /** A blob; empty if it is not there. The caller closes it. */
    Optional<InputStream> open(Digest digest) throws IOException {
        try {
            InputStream in = Files.newInputStream(file(digest));
            return Optional.of(new VerifyingInputStream(in, digest, Files.size(file(digest))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * A small blob, whole.
     *
     * @throws DigestMismatchException if it is damaged
     */
    Optional<byte[]> read(Digest digest, int limit) throws IOException {
        Optional<InputStream> blob = open(digest);
        if (blob.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = blob.get()) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new IOException(file(digest) + ": more than " + limit + " bytes");
            }
            return Optional.of(bytes);
        }
    }

    private Path file(Digest digest) {
        return blobs.resolve(digest.hex());
    }
}
