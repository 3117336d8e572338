/** Effects that users give to {@code build}: classes of theirs, and declarations. */
@NullMarked
package dev.hotpatch.differ.effects;

import org.jspecify.annotations.NullMarked;
