/** Tar archives, as streams and as files to jump about in; hostile headers are refused before they cost memory. */
@NullMarked
package dev.hotpatch.differ.tar;

import org.jspecify.annotations.NullMarked;
