/** Asks a real JVM what it takes. */
@NullMarked
package dev.hotpatch.differ.hotspot;

import org.jspecify.annotations.NullMarked;
