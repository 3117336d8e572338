/** Two images in, one patch out: the plan, and the patch that is made of it. */
@NullMarked
package dev.hotpatch.differ;

import org.jspecify.annotations.NullMarked;
