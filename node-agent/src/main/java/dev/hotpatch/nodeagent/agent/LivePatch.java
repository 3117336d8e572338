package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.patchformat.live.LiveIndex;
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
    private final LiveIndex index;

    private LivePatch(VerifiedPatch verified, byte[] liveZip, Digest liveDigest, LiveIndex index) {
        this.verified = verified;
        this.liveZip = liveZip;
        this.liveDigest = liveDigest;
        this.index = index;
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
        LiveIndex index = LiveUnitReader.read(new ByteArrayInputStream(liveZip), (digest, bytes) -> {});
        return new LivePatch(verified, liveZip, found, index);
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
        return index.identity();
    }

    /** What the live unit does; every class file in it has been checked. */
    public LiveIndex index() {
        return index;
    }

    byte[] liveZip() {
        return liveZip;
    }
}
