/** The Linux system calls that the Java library lacks: descriptors, openat2, pidfd, unix sockets and per-thread credentials. */
@NullMarked
package dev.hotpatch.nodeagent.linux;

import org.jspecify.annotations.NullMarked;
