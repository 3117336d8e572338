/** The command under test, run as its users run it. */
@NullMarked
package dev.hotpatch.systemtests.command;

import org.jspecify.annotations.NullMarked;
