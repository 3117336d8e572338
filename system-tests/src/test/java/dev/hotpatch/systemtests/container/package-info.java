/** Real containers, started through the container runtime interface. */
@NullMarked
package dev.hotpatch.systemtests.container;

import org.jspecify.annotations.NullMarked;
