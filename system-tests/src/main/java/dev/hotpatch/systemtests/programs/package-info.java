/** Pairs of small programs, written by hand or generated from a seed, with which the live-patch compiler is compared to the real new version. */
@NullMarked
package dev.hotpatch.systemtests.programs;

import org.jspecify.annotations.NullMarked;
