/** The plan of a patch: every class and file that differs, with a decision and its reason. */
@NullMarked
package dev.hotpatch.patchformat.plan;

import org.jspecify.annotations.NullMarked;
