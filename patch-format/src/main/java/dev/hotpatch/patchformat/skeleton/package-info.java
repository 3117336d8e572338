/** Tars without the contents of their files, which are found where the tar was unpacked. */
@NullMarked
package dev.hotpatch.patchformat.skeleton;

import org.jspecify.annotations.NullMarked;
