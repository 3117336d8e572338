/** How layers are compressed; the only place that knows the zstd library. */
@NullMarked
package dev.hotpatch.patchformat.codec;

import org.jspecify.annotations.NullMarked;
