/** Patches and their signatures in a registry. */
@NullMarked
package dev.hotpatch.registryclient.patch;

import org.jspecify.annotations.NullMarked;
