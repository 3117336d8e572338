package dev.hotpatch.nodeagent.linux;

import java.io.IOException;

/** A system call that failed: which, on what, and the error number. */
public final class LinuxException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    LinuxException(String call, String subject, int errno) {
        super(call + "(" + subject + "): " + Errno.name(errno));
        this.errno = errno;
    }

    /** One of the constants of {@link Errno}, or another number of errno(3). */
    public int errno() {
        return errno;
    }
}
