/** Immutable views of images, wherever they come from, and the OCI image layout on disk. */
@NullMarked
package dev.hotpatch.patchformat.image;

import org.jspecify.annotations.NullMarked;
