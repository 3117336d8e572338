/** Two versions of a small program. */
@NullMarked
package dev.hotpatch.systemtests.programs.pair;

import org.jspecify.annotations.NullMarked;
