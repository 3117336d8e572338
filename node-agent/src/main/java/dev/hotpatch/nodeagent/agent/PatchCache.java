package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.trust.VerificationException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pulls and verifies each patch once for all JVMs that want it. For any number of threads; one pull goes on at a time. */
final class PatchCache {
    private static final int MAX_PATCHES = 8;

    private final PatchSource source;
    private final Map<Digest, LivePatch> patches = new LinkedHashMap<>();

    PatchCache(PatchSource source) {
        this.source = source;
    }

    /** Told between pulling and verifying, so that it can be written down. */
    @FunctionalInterface
    interface Progress {
        void pulled() throws IOException;
    }

    synchronized LivePatch get(PatchCandidate candidate, Progress progress) throws IOException, VerificationException {
        LivePatch known = patches.get(candidate.digest());
        if (known != null) {
            progress.pulled();
            return known;
        }
        PatchSource.Pulled pulled = source.pull(candidate);
        progress.pulled();
        LivePatch patch = pulled.verify();
        if (!patch.digest().equals(candidate.digest())) {
            throw new IOException("asked for patch " + candidate.digest() + ", got " + patch.digest());
        }
        if (patches.size() == MAX_PATCHES) {
            patches.remove(patches.keySet().iterator().next());
        }
        patches.put(patch.digest(), patch);
        return patch;
    }
}
