/** The deflate streams of Go's standard library (compress/flate), byte for byte: the ones of most layers of most images. */
@NullMarked
package dev.hotpatch.patchformat.deflate.golang;

import org.jspecify.annotations.NullMarked;
