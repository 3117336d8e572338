/** Real vulnerabilities in running JVMs: open, closed by a patch without a restart, and open again after roll-back. */
@NullMarked
package dev.hotpatch.systemtests.cve;

import org.jspecify.annotations.NullMarked;
