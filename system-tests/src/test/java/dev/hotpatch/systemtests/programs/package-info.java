/** Pairs of programs, patched for real in JVMs of this machine. */
@NullMarked
package dev.hotpatch.systemtests.programs;

import org.jspecify.annotations.NullMarked;
