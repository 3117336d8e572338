/** A registry on loopback from which the node's container runtime gets layers of target images, rebuilt from what the node has. */
@NullMarked
package dev.hotpatch.nodeagent.mirror;

import org.jspecify.annotations.NullMarked;
