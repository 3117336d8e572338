/** The hook inside the target JVM, as seen from the node-agent: its jar, its requests and its state. */
@NullMarked
package dev.hotpatch.nodeagent.hook;

import org.jspecify.annotations.NullMarked;
