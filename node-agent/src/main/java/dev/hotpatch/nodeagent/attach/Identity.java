package dev.hotpatch.nodeagent.attach;

import dev.hotpatch.nodeagent.linux.Errno;
import dev.hotpatch.nodeagent.linux.LinuxException;
import dev.hotpatch.nodeagent.linux.PidFd;
import dev.hotpatch.nodeagent.proc.JvmProcess;
import dev.hotpatch.nodeagent.proc.ProcFs;
import dev.hotpatch.nodeagent.proc.Refusal;
import java.io.IOException;

/**
 * Holds on to one process and makes sure, after every step, that it is still what it was: alive by its descriptor, and the same
 * start time, user, group and container.
 */
final class Identity implements AutoCloseable {
    private final JvmProcess process;
    private final ProcFs proc;
    private final PidFd pidFd;

    private Identity(JvmProcess process, ProcFs proc, PidFd pidFd) {
        this.process = process;
        this.proc = proc;
        this.pidFd = pidFd;
    }

    static Identity hold(JvmProcess process, ProcFs proc) throws IOException {
        Identity identity = new Identity(process, proc, open(process));
        try {
            identity.check();
            return identity;
        } catch (IOException e) {
            identity.close();
            throw e;
        }
    }

    private static PidFd open(JvmProcess process) throws AttachException {
        try {
            return PidFd.open(process.pid());
        } catch (LinuxException e) {
            throw new AttachException(
                    e.errno() == Errno.ESRCH ? Refusal.JVM_GONE : Refusal.NOT_PERMITTED,
                    process + ": " + e.getMessage(),
                    e);
        }
    }

    /** Throws unless the process is unchanged. What /proc says holds for it because the descriptor says that it lives. */
    void check() throws IOException {
        boolean unchanged = proc.isUnchanged(process);
        if (!pidFd.isAlive()) {
            throw new AttachException(Refusal.JVM_GONE, process.toString());
        }
        if (!unchanged) {
            throw new AttachException(
                    Refusal.IDENTITY_CHANGED, process + ": start time, user, group or container differ");
        }
    }

    void requireSignalHandler() throws IOException {
        check();
        if (!proc.handlesSigquit(process.pid())) {
            throw new AttachException(Refusal.NO_SIGNAL_HANDLER, process + ": SIGQUIT has no handler (-Xrs?)");
        }
    }

    void signal() throws AttachException {
        try {
            pidFd.signal(PidFd.SIGQUIT);
        } catch (LinuxException e) {
            throw new AttachException(
                    e.errno() == Errno.ESRCH ? Refusal.JVM_GONE : Refusal.NOT_PERMITTED,
                    process + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        pidFd.close();
    }
}
