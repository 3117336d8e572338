/** The running containers, their images and the unpacked layers of these, asked of a container runtime over its socket. */
@NullMarked
package dev.hotpatch.nodeagent.cri;

import org.jspecify.annotations.NullMarked;
