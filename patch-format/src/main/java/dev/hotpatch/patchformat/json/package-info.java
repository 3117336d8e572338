/** Strict reading and reproducible writing of JSON; the only place that knows the JSON library. */
@NullMarked
package dev.hotpatch.patchformat.json;

import org.jspecify.annotations.NullMarked;
