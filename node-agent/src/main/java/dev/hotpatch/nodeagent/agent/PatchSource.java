package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.patchformat.trust.VerificationException;
import java.io.IOException;
import java.util.List;

/** Where patches come from: a registry, behind a client. For any number of threads. */
public interface PatchSource {
    /**
     * The patches for an image, the one to prefer first; empty if there is none.
     *
     * @throws IOException if it cannot be known: never an empty list for a registry that does not answer
     */
    List<PatchCandidate> find(ImageName image) throws IOException;

    /**
     * Library patches that the operator wants in every JVM that no image's patch concerns, the one to prefer first.
     *
     * @throws IOException if one of them cannot be looked up
     */
    default List<PatchCandidate> forAnyImage() throws IOException {
        return List.of();
    }

    /** Brings a patch to this node. */
    Pulled pull(PatchCandidate candidate) throws IOException;

    /** A patch that is on this node and not yet believed. */
    @FunctionalInterface
    interface Pulled {
        /**
         * Verifies signatures and every digest.
         *
         * @throws VerificationException if it must not be applied
         */
        LivePatch verify() throws IOException, VerificationException;
    }
}
