/** The initial values of fields that a class gains: what can be taken out of its initialisers and run elsewhere. */
@NullMarked
package dev.hotpatch.differ.initial;

import org.jspecify.annotations.NullMarked;
