/** The deflate streams of Go's standard library and of klauspost's pgzip, byte for byte: those of most layers of images. */
@NullMarked
package dev.hotpatch.patchformat.deflate.golang;

import org.jspecify.annotations.NullMarked;
