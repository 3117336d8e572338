/** Small programs in Go, the language of most image builders. */
@NullMarked
package dev.hotpatch.systemtests.golang;

import org.jspecify.annotations.NullMarked;
