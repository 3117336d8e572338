/** What /proc tells about processes: which are JVMs, whose they are, in which container, and whether they can be attached to. */
@NullMarked
package dev.hotpatch.nodeagent.proc;

import org.jspecify.annotations.NullMarked;
