/** Content of files while a patch is made: bounded, hashed while read, and kept in one temporary file as far as it is needed again. */
@NullMarked
package dev.hotpatch.differ.content;

import org.jspecify.annotations.NullMarked;
