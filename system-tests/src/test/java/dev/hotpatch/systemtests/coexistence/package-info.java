/** Patches in JVMs in which other agents change classes too. */
@NullMarked
package dev.hotpatch.systemtests.coexistence;

import org.jspecify.annotations.NullMarked;
