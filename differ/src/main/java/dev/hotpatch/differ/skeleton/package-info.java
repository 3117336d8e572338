/** Makes the skeletons of the base's layers. */
@NullMarked
package dev.hotpatch.differ.skeleton;

import org.jspecify.annotations.NullMarked;
