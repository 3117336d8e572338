/** The deflate streams of zlib, byte for byte: its ways of finding matches, ending blocks and building trees. */
@NullMarked
package dev.hotpatch.patchformat.deflate.zlib;

import org.jspecify.annotations.NullMarked;
