package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.nodeagent.agent.PatchCandidate;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.store.PatchStore;
import dev.hotpatch.patchformat.store.StoredPatch;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.patchformat.trust.Verifier;
import java.io.IOException;

/**
 * Where patches are, and whose are believed.
 *
 * @param finder finds them
 * @param stores what they consist of
 * @param verifier believes them
 */
public record Patches(PatchFinder finder, PatchStores stores, Verifier verifier) {
    /**
     * A patch with its plan, without its content.
     *
     * @throws VerificationException if it must not be used
     */
    Patch verified(PatchCandidate candidate) throws IOException, VerificationException {
        return verified(candidate, stores.of(candidate.repository()));
    }

    /** As the other, of a patch in this store. */
    Patch verified(PatchCandidate candidate, PatchStore store) throws IOException, VerificationException {
        return StoredPatch.fetch(store, verifier, candidate.repository(), candidate.digest())
                .patch();
    }
}
