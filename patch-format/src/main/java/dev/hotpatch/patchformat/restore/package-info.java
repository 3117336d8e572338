/** Layers of a target image, given back from a patch's deltas and the base image's layers. */
@NullMarked
package dev.hotpatch.patchformat.restore;

import org.jspecify.annotations.NullMarked;
