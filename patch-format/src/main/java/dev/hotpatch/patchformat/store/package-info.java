/** Where patches and their signatures are kept, and the one way from there to a patch that may be applied. */
@NullMarked
package dev.hotpatch.patchformat.store;

import org.jspecify.annotations.NullMarked;
