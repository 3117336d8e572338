/** Makes pairs of programs from seeds: a random program, and the same one after some edits, each of one row of the lift table. */
@NullMarked
package dev.hotpatch.systemtests.programs.generate;

import org.jspecify.annotations.NullMarked;
