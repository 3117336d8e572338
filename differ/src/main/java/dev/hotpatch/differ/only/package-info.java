/** The part of a release that a user selects: a target that has the selected code, what that code needs, and the base for the rest. */
@NullMarked
package dev.hotpatch.differ.only;

import org.jspecify.annotations.NullMarked;
