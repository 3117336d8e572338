/** What the node-agent has done and what people want of it, on disk: survives the end of the agent at any moment. */
@NullMarked
package dev.hotpatch.nodeagent.journal;

import org.jspecify.annotations.NullMarked;
