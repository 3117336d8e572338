/** What all deflate encoders share: their interface, the order of bits, and the codes of RFC 1951. */
@NullMarked
package dev.hotpatch.patchformat.deflate.encoder;

import org.jspecify.annotations.NullMarked;
