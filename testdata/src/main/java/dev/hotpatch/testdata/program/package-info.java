/** Our own small programs, packed so that another JVM can have them on its class path. */
@NullMarked
package dev.hotpatch.testdata.program;

import org.jspecify.annotations.NullMarked;
