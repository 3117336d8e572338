/**
 * The live-patch compiler: makes class files of the base's shape and the target's behaviour, and companions for what the shape has no
 * room for. docs/lifts/ explains each technique.
 */
@NullMarked
package dev.hotpatch.differ.lift;

import org.jspecify.annotations.NullMarked;
