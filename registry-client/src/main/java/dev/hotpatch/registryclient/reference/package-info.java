/** Names of images and repositories. */
@NullMarked
package dev.hotpatch.registryclient.reference;

import org.jspecify.annotations.NullMarked;
