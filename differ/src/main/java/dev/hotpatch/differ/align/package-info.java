/** What the compiler numbered in a new version, called as the old version calls the same thing. */
@NullMarked
package dev.hotpatch.differ.align;

import org.jspecify.annotations.NullMarked;
