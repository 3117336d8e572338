/** Forty real releases, each patched for real: planned, built, applied in running JVMs, verified, rolled back. */
@NullMarked
package dev.hotpatch.systemtests.corpus;

import org.jspecify.annotations.NullMarked;
