/** Tests that see every module, and real parts outside them. */
@NullMarked
package dev.hotpatch.systemtests;

import org.jspecify.annotations.NullMarked;
