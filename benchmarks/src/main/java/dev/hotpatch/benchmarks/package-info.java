/** Measures hotpatch on real releases, and prints tables. */
@NullMarked
package dev.hotpatch.benchmarks;

import org.jspecify.annotations.NullMarked;
