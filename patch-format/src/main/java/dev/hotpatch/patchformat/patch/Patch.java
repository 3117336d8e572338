package dev.hotpatch.patchformat.patch;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.plan.PatchPlan;
import java.util.Optional;

/**
 * A patch: manifest, plan, and where its content is. Nothing is said of who made it; see
 * {@code dev.hotpatch.patchformat.trust.VerifiedPatch} for what may be applied.
 *
 * @param manifest the artifact's manifest
 * @param config its config as it was written; do not modify
 * @param plan what the config says
 * @param contents what its manifest lists
 */
public record Patch(Manifest manifest, byte[] config, PatchPlan plan, PatchContents contents) {
    /** Digits of the digest in {@link #tag()}. */
    private static final int TAG_DIGITS = 40;

    public Digest digest() {
        return manifest.digest();
    }

    /** The tag under which a patch is pushed, so that garbage collectors that follow only tags keep it. */
    public String tag() {
        return tag(digest());
    }

    /** The tag of the patch with that manifest digest. */
    public static String tag(Digest digest) {
        return "hp-" + digest.hex().substring(0, TAG_DIGITS);
    }

    /** The live unit; absent if nothing can go live. */
    public Optional<Descriptor> live() {
        return contents.live();
    }

    /** Bytes of all layer deltas. */
    public long deltaSize() {
        return contents.deltas().values().stream().mapToLong(Descriptor::size).sum();
    }

    /** Bytes of the live unit, 0 if there is none. */
    public long liveSize() {
        return live().map(Descriptor::size).orElse(0L);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Patch patch && manifest.equals(patch.manifest);
    }

    @Override
    public int hashCode() {
        return manifest.hashCode();
    }
}
