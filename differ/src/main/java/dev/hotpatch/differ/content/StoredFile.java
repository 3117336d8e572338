package dev.hotpatch.differ.content;

import dev.hotpatch.patchformat.oci.Digest;
import java.util.Optional;

/**
 * A file of an image or an entry of an archive.
 *
 * @param path without a slash at its start, names joined by {@code /}
 * @param digest of its bytes
 * @param size in bytes
 * @param blob where its content is kept; absent for content that nobody looks into
 * @param kind what its content is
 * @param className of a class file, the internal name of the class; otherwise empty
 */
public record StoredFile(String path, Digest digest, long size, Optional<Blob> blob, Kind kind, String className) {
    /** What content is, as told by its first bytes. */
    public enum Kind {
        CLASS,
        ARCHIVE,
        NATIVE,
        LINK,
        OTHER
    }

    /** The same content in another place. */
    public StoredFile at(String otherPath) {
        return new StoredFile(otherPath, digest, size, blob, kind, className);
    }

    /** A symbolic link; two are equal if their targets are. */
    public static StoredFile link(String path, String target) {
        byte[] bytes = target.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new StoredFile(path, Digest.of(bytes), bytes.length, Optional.empty(), Kind.LINK, "");
    }
}
