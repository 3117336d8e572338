/** Classes that a patch adds beside a class which may not change its shape: access for code outside it, and fields that it has no room for. */
@NullMarked
package dev.hotpatch.differ.companion;

import org.jspecify.annotations.NullMarked;
