/** The corpus tool, and that it can fail. */
@NullMarked
package dev.hotpatch.systemtests.corpus;

import org.jspecify.annotations.NullMarked;
