/** The command {@code deflate-exactness}: our deflate encoders against those that they should equal, on much real content. */
@NullMarked
package dev.hotpatch.systemtests.deflate;

import org.jspecify.annotations.NullMarked;
