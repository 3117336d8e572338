package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.store.PatchStore;
import java.io.IOException;

/** The stores of patches, by repository. For any number of threads. */
@FunctionalInterface
public interface PatchStores {
    /**
     * The patches of one repository.
     *
     * @param repository with its registry
     * @throws IOException if that is no repository
     */
    PatchStore of(String repository) throws IOException;
}
