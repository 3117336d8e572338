/** Patches from a registry, verified. */
@NullMarked
package dev.hotpatch.nodeagent.source;

import org.jspecify.annotations.NullMarked;
