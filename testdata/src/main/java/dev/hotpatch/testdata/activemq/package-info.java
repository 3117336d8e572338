/** A real broker to patch, the attack it is open to, and a client that must notice nothing: each as a process of its own. */
@NullMarked
package dev.hotpatch.testdata.activemq;

import org.jspecify.annotations.NullMarked;
