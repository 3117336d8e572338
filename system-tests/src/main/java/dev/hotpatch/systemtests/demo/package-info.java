/** The demonstration that the README begins with: a real attack, a live patch, a client that notices nothing, and the way back. */
@NullMarked
package dev.hotpatch.systemtests.demo;

import org.jspecify.annotations.NullMarked;
