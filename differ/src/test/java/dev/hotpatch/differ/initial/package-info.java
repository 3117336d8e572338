/** Tests of what is taken out of initialisers. */
@NullMarked
package dev.hotpatch.differ.initial;

import org.jspecify.annotations.NullMarked;
