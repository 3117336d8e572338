package dev.hotpatch.patchformat.trust;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Signatures of one patch as a registry or a layout keeps them: an OCI manifest and its blobs. Nothing is checked here; that is
 * {@link Verifier}'s work.
 *
 * @param manifest the manifest's bytes as received; do not modify
 * @param blobs content by digest: the layers that {@link #wanted} names, and when written also the config; do not modify
 */
public record SignatureArtifact(byte[] manifest, Map<Digest, byte[]> blobs) {
    public SignatureArtifact {
        blobs = Map.copyOf(blobs);
    }

    static SignatureArtifact of(Manifest manifest, Map<Digest, byte[]> blobs) {
        return new SignatureArtifact(manifest.bytes(), blobs);
    }

    /** The tag under which the first form is kept: {@code sha256-<hex>.sig}. */
    public static String tag(Digest patch) {
        return "sha256-" + patch.hex() + ".sig";
    }

    /**
     * The layers worth fetching from a signature manifest: right type, size within the bounds, at most {@link Verifier#MAX_SIGNATURES}.
     * Empty if the bytes are not a manifest.
     */
    public static List<Descriptor> wanted(byte[] manifest) {
        try {
            return Manifest.parse(manifest).layers().stream()
                    .filter(Candidate::isWanted)
                    .limit(Verifier.MAX_SIGNATURES)
                    .toList();
        } catch (JsonException e) {
            // The verifier reads it again and says what is wrong.
            return List.of();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignatureArtifact artifact && Arrays.equals(manifest, artifact.manifest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(manifest);
    }
}
