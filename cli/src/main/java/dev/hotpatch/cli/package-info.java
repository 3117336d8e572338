/** The {@code hotpatch} command: one class a verb. */
@NullMarked
package dev.hotpatch.cli;

import org.jspecify.annotations.NullMarked;
