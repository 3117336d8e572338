package dev.hotpatch.patchformat.plan;

import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Platform;
import java.util.Optional;

/**
 * One side of a patch: the base image or the target image; in a library patch, the old or the new file.
 *
 * @param kind what it is
 * @param title how the user named it, without host or folder; for messages only
 * @param digest of the platform manifest; of a library, of the file, or of the sorted list of a folder's files
 * @param config digest of the image's config, which container runtimes call the image id; absent for a library
 * @param index digest of the index through which the image was named, if it was
 * @param platform absent for a library
 */
public record Origin(
        Kind kind,
        String title,
        Digest digest,
        Optional<Digest> config,
        Optional<Digest> index,
        Optional<Platform> platform) {
    /** What a patch is from and to. */
    public enum Kind {
        IMAGE,
        LIBRARY
    }

    public static Origin library(String title, Digest digest) {
        return new Origin(Kind.LIBRARY, title, digest, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
