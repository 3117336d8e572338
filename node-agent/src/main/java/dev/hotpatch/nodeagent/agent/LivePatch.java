package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.patchformat.live.LiveUnitReader;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.trust.VerifiedPatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** A verified patch with its live unit in memory: the only thing that is ever put into a JVM. Immutable. */
public final class LivePatch {
    private final VerifiedPatch verified;
    private final byte[] liveZip;
    private final Digest liveDigest;
    private final Digest identity;

    private LivePatch(VerifiedPatch verified, byte[] liveZip, Digest liveDigest, Digest identity) {
        this.verified = verified;
        this.liveZip = liveZip;
        this.liveDigest = liveDigest;
        this.identity = identity;
    }

    /**
     * Joins the proof with the bytes.
     *
     * @param liveZip the live unit, not modified afterwards
     * @throws IOException if they are not what the verified manifest names, or no live unit
     */
    public static LivePatch of(VerifiedPatch verified, byte[] liveZip) throws IOException {
        Descriptor live = verified.manifest().layers().stream()
                .filter(layer -> layer.mediaType().equals(MediaTypes.LIVE))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "patch " + verified.digest() + " has no live unit; restart with the target image"));
        Digest found = Digest.of(liveZip);
        if (!found.equals(live.digest())) {
            throw new DigestMismatchException(
                    "live unit of patch " + verified.digest() + ": expected " + live.digest() + ", found " + found);
        }
        Digest identity = LiveUnitReader.read(new ByteArrayInputStream(liveZip), (digest, bytes) -> {})
                .identity();
        return new LivePatch(verified, liveZip, found, identity);
    }

    public Digest digest() {
        return verified.digest();
    }

    /** Of the live unit's bytes. */
    Digest liveDigest() {
        return liveDigest;
    }

    /** What the hook calls this patch while it is in force. */
    Digest identity() {
        return identity;
    }

    byte[] liveZip() {
        return liveZip;
    }
}
