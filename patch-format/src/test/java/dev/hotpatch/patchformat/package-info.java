/** What the tests of this module share. */
@NullMarked
package dev.hotpatch.patchformat;

import org.jspecify.annotations.NullMarked;
