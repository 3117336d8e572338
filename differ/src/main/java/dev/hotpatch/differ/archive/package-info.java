/** Jars, wars and other zips, with what the class path makes of their entries. */
@NullMarked
package dev.hotpatch.differ.archive;

import org.jspecify.annotations.NullMarked;
