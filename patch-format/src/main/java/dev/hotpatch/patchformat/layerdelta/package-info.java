/** Layer deltas: what a node needs, beside the layers it has, to rebuild a layer of the target image byte for byte. */
@NullMarked
package dev.hotpatch.patchformat.layerdelta;

import org.jspecify.annotations.NullMarked;
