/** Deflate encoders against those that they should equal, on real content. */
@NullMarked
package dev.hotpatch.systemtests.deflate;

import org.jspecify.annotations.NullMarked;
