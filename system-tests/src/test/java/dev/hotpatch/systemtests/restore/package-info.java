/** Images that are made from a base and a patch are the very images that were built. */
@NullMarked
package dev.hotpatch.systemtests.restore;

import org.jspecify.annotations.NullMarked;
