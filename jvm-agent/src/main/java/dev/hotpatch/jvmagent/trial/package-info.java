/** A program for a JVM of its own, in which a patch is tried before it is signed. */
package dev.hotpatch.jvmagent.trial;
