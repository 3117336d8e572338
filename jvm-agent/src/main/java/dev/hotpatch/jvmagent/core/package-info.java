/** The reload hook proper: checks a live unit against the classes of this JVM, puts it in, and takes it out again. */
package dev.hotpatch.jvmagent.core;
