/** The harness itself, tried on real children. */
@NullMarked
package dev.hotpatch.systemtests.jvm;

import org.jspecify.annotations.NullMarked;
