/** Deflate streams that equal those of other encoders bit by bit, and finding which encoder made one. */
@NullMarked
package dev.hotpatch.patchformat.deflate;

import org.jspecify.annotations.NullMarked;
