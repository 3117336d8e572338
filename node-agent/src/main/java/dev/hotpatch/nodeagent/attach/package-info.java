/** HotSpot's attach protocol, spoken from outside the container, and files put into the container's /tmp. */
@NullMarked
package dev.hotpatch.nodeagent.attach;

import org.jspecify.annotations.NullMarked;
