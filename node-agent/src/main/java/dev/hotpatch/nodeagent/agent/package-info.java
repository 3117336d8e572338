/** The node-agent itself: which JVM gets which patch, and the steps of applying, observing and rolling back. */
@NullMarked
package dev.hotpatch.nodeagent.agent;

import org.jspecify.annotations.NullMarked;
