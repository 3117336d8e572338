/** Child JVMs for tests that reach into another process. */
@NullMarked
package dev.hotpatch.nodeagent.target;

import org.jspecify.annotations.NullMarked;
