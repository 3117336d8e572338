package dev.hotpatch.registryclient.registry;

import dev.hotpatch.patchformat.oci.Descriptor;

/** Told how far a transfer has come; called on the thread that transfers, often, and must return at once. */
@FunctionalInterface
public interface Progress {
    /**
     * Reports one transfer.
     *
     * @param done bytes so far; starts again where an interrupted transfer resumes
     */
    void transferred(Descriptor blob, long done);

    static Progress silent() {
        return (blob, done) -> {};
    }
}
