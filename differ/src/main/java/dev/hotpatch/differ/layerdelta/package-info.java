/** Layer deltas: tells a layer of the target image by what the base image's layers have. */
@NullMarked
package dev.hotpatch.differ.layerdelta;

import org.jspecify.annotations.NullMarked;
