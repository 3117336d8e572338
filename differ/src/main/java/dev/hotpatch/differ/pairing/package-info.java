/** What of the base belongs to what of the target: files, jars in other versions or places, jars in jars, folders of classes. */
@NullMarked
package dev.hotpatch.differ.pairing;

import org.jspecify.annotations.NullMarked;
