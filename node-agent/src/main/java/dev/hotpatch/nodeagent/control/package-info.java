/** How people talk to a running node-agent: a unix socket in its state directory. */
@NullMarked
package dev.hotpatch.nodeagent.control;

import org.jspecify.annotations.NullMarked;
