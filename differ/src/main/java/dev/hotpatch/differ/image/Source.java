package dev.hotpatch.differ.image;

import dev.hotpatch.patchformat.plan.Origin;

/** One side of a comparison. Immutable; holds nothing open. */
public sealed interface Source permits ImageSource, LibrarySource {
    /** How a plan names it. */
    Origin origin();
}
