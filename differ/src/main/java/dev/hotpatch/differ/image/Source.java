package dev.hotpatch.differ.image;

import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.plan.Origin;
import java.util.Optional;
import java.util.SortedMap;

/** One side of a comparison. Immutable; holds nothing open. */
public sealed interface Source permits ImageSource, LibrarySource {
    /** As the user named it, without host or folder. */
    String title();

    /** Absent for a library. */
    Optional<Platform> platform();

    /**
     * How a plan names it.
     *
     * @param files what was read of it, by path
     */
    Origin origin(SortedMap<String, StoredFile> files);
}
