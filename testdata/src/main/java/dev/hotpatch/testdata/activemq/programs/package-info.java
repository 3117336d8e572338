/** What runs inside those processes, with the jars of a broker distribution beside it on the class path. */
@NullMarked
package dev.hotpatch.testdata.activemq.programs;

import org.jspecify.annotations.NullMarked;
