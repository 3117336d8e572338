package dev.hotpatch.nodeagent.linux;

import com.sun.jna.Memory;

/**
 * A process by descriptor (pidfd_open(2)): as long as {@link #isAlive} says yes, the process number still means this process.
 * Whoever opened it closes it.
 */
public final class PidFd implements AutoCloseable {
    public static final int SIGQUIT = 3;

    private static final short POLLIN = 1;

    private final int pid;
    private final Fd fd;

    private PidFd(int pid, Fd fd) {
        this.pid = pid;
        this.fd = fd;
    }

    /**
     * Opens the process that has the number now.
     *
     * @throws LinuxException with {@code ESRCH} if there is none
     */
    public static PidFd open(int pid) throws LinuxException {
        long fd = Libc.syscall(Libc.SYS_PIDFD_OPEN, pid, 0, 0, 0, 0, 0);
        if (fd < 0) {
            throw Libc.failure("pidfd_open", "process " + pid);
        }
        return new PidFd(pid, new Fd((int) fd, "process " + pid));
    }

    public int pid() {
        return pid;
    }

    /** Whether the process has not ended; one that waits to be reaped has. */
    public boolean isAlive() throws LinuxException {
        try (Memory poll = new Memory(8)) {
            poll.setInt(0, fd.number());
            poll.setShort(4, POLLIN);
            poll.setShort(6, (short) 0);
            int ready = Libc.poll(poll, 1, 0);
            if (ready < 0) {
                throw Libc.failure("poll", fd.toString());
            }
            return ready == 0;
        }
    }

    /** Sends a signal to exactly this process. */
    public void signal(int number) throws LinuxException {
        if (Libc.syscall(Libc.SYS_PIDFD_SEND_SIGNAL, fd.number(), number, 0, 0, 0, 0) < 0) {
            throw Libc.failure("pidfd_send_signal", fd.toString());
        }
    }

    @Override
    public void close() {
        fd.close();
    }
}
