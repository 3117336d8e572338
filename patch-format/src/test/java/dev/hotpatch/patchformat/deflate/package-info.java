/** Deflate streams compared with those of the encoders that they should equal. */
@NullMarked
package dev.hotpatch.patchformat.deflate;

import org.jspecify.annotations.NullMarked;
