/** Plans of real releases, held against what is in their files. */
@NullMarked
package dev.hotpatch.systemtests.planning;

import org.jspecify.annotations.NullMarked;
