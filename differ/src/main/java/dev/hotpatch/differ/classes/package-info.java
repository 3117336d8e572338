/** Class files compared by meaning, and what HotSpot makes of the difference. */
@NullMarked
package dev.hotpatch.differ.classes;

import org.jspecify.annotations.NullMarked;
