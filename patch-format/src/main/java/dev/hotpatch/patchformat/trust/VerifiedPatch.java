package dev.hotpatch.patchformat.trust;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.patch.PatchReader;
import java.util.SortedSet;

/**
 * The proof that enough trusted keys signed a patch for a repository. Only {@link Verifier} makes one, and only what a
 * {@code VerifiedPatch} vouches for may be applied. The manifest pins config and layers by digest, so their content is proven by
 * hashing it while it is read.
 */
public final class VerifiedPatch {
    private final Manifest manifest;
    private final String repository;
    private final SortedSet<String> keyIds;

    VerifiedPatch(Manifest manifest, String repository, SortedSet<String> keyIds) {
        this.manifest = manifest;
        this.repository = repository;
        this.keyIds = keyIds;
    }

    /** The patch's manifest: exactly the bytes that were signed. */
    public Manifest manifest() {
        return manifest;
    }

    /**
     * What the patch says.
     *
     * @param config the bytes of the config that {@link #manifest} names, at most {@link PatchReader#MAX_CONFIG}
     * @throws JsonException if they have another digest, or are not what the format says
     */
    public Patch patch(byte[] config) throws JsonException {
        return PatchReader.read(manifest, config);
    }

    public Digest digest() {
        return manifest.digest();
    }

    /** The repository that the signatures name. */
    public String repository() {
        return repository;
    }

    /** The ids of all trusted keys that signed, at least as many as required, sorted. */
    public SortedSet<String> keyIds() {
        return keyIds;
    }

    @Override
    public String toString() {
        return "VerifiedPatch[" + repository + "@" + digest() + " signed by " + keyIds + "]";
    }
}
