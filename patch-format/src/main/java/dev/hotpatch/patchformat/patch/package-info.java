/** A patch as an OCI artifact: its one writer and its one reader (docs/patch-format.md). */
@NullMarked
package dev.hotpatch.patchformat.patch;

import org.jspecify.annotations.NullMarked;
