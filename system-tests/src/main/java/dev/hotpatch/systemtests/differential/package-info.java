/** Is the patched program the same program: the new version's own tests, run on the old version with the patch and on the real new version. */
@NullMarked
package dev.hotpatch.systemtests.differential;

import org.jspecify.annotations.NullMarked;
