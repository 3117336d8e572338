/** Target images that containerd pulls through the mirror of its node. */
@NullMarked
package dev.hotpatch.systemtests.mirror;

import org.jspecify.annotations.NullMarked;
