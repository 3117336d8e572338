/** The running containers and their images, asked of a container runtime over CRI. */
@NullMarked
package dev.hotpatch.nodeagent.cri;

import org.jspecify.annotations.NullMarked;
