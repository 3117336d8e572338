package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.trust.VerificationException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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

    LivePatch get(PatchCandidate candidate, Progress progress) throws IOException, VerificationException {
        Optional<LivePatch> known = known(candidate.digest());
        if (known.isPresent()) {
            progress.pulled();
            return known.get();
        }
        return pull(candidate, progress);
    }

    private synchronized LivePatch pull(PatchCandidate candidate, Progress progress)
            throws IOException, VerificationException {
        Optional<LivePatch> known = known(candidate.digest());
        PatchSource.Pulled pulled = known.isPresent() ? known::get : source.pull(candidate);
        progress.pulled();
        LivePatch patch = pulled.verify();
        if (!patch.digest().equals(candidate.digest())) {
            throw new IOException("asked for patch " + candidate.digest() + ", got " + patch.digest());
        }
        keep(patch);
        return patch;
    }

    private Optional<LivePatch> known(Digest digest) {
        synchronized (patches) {
            return Optional.ofNullable(patches.get(digest));
        }
    }

    private void keep(LivePatch patch) {
        synchronized (patches) {
            if (patches.size() >= MAX_PATCHES && !patches.containsKey(patch.digest())) {
                patches.remove(patches.keySet().iterator().next());
            }
            patches.put(patch.digest(), patch);
        }
    }
}
