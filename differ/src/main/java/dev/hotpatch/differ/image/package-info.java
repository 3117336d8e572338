/** What a patch is made from: images in layouts and archives, and plain jars and folders. */
@NullMarked
package dev.hotpatch.differ.image;

import org.jspecify.annotations.NullMarked;
