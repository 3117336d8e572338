/** From two images in a registry to new code in running JVMs, and back, also where something goes wrong. */
@NullMarked
package dev.hotpatch.systemtests.patching;

import org.jspecify.annotations.NullMarked;
