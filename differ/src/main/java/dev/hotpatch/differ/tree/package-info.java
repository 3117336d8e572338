/** The files of an image: its layers laid over each other as a container runtime does it, those of a common base left unread. */
@NullMarked
package dev.hotpatch.differ.tree;

import org.jspecify.annotations.NullMarked;
