/** The differential test, and that it can fail. */
@NullMarked
package dev.hotpatch.systemtests.differential;

import org.jspecify.annotations.NullMarked;
