/** The broker that the other system tests patch, by itself: is the attack real, and the client honest. */
@NullMarked
package dev.hotpatch.systemtests.activemq;

import org.jspecify.annotations.NullMarked;
