/** JVMs of any release as child processes, with the reload hook put into them late: what every test of live patches stands on. */
@NullMarked
package dev.hotpatch.systemtests.jvm;

import org.jspecify.annotations.NullMarked;
