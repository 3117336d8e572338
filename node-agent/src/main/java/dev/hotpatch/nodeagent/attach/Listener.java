package dev.hotpatch.nodeagent.attach;

import dev.hotpatch.nodeagent.linux.Deadline;
import dev.hotpatch.nodeagent.linux.Errno;
import dev.hotpatch.nodeagent.linux.Fd;
import dev.hotpatch.nodeagent.linux.FileStatus;
import dev.hotpatch.nodeagent.linux.LinuxException;
import dev.hotpatch.nodeagent.linux.PeerCredentials;
import dev.hotpatch.nodeagent.linux.Polling;
import dev.hotpatch.nodeagent.linux.ThreadCredentials;
import dev.hotpatch.nodeagent.linux.UnixStream;
import dev.hotpatch.nodeagent.proc.JvmProcess;
import dev.hotpatch.nodeagent.proc.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The attach listener of a JVM: a thread behind the socket {@code /tmp/.java_pid<n>}. It is started by a file
 * {@code /tmp/.attach_pid<n>} and SIGQUIT; without the file the same signal prints a thread dump, so that the file stays until
 * the socket is there.
 */
final class Listener {
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(32);
    private static final int ROOT = 0;

    private final JvmProcess process;
    private final ContainerTmp tmp;
    private final Identity identity;
    private final AttachTimeouts timeouts;
    private final String socketName;
    private final String triggerName;

    Listener(JvmProcess process, ContainerTmp tmp, Identity identity, AttachTimeouts timeouts) {
        this.process = process;
        this.tmp = tmp;
        this.identity = identity;
        this.timeouts = timeouts;
        this.socketName = ".java_pid" + process.nsPid();
        this.triggerName = ".attach_pid" + process.nsPid();
    }

    /** Starts it unless its socket is there. */
    void ensure() throws IOException, InterruptedException {
        socket(Deadline.after(timeouts.listener())).close();
    }

    /** A connection whose other end is the target process; the caller closes it. */
    UnixStream connect() throws IOException, InterruptedException {
        Deadline deadline = Deadline.after(timeouts.listener());
        try (Fd socket = socket(deadline)) {
            return connect(socket, deadline);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ECONNREFUSED) {
                throw failed(e);
            }
        }
        // Nobody listens: the file is what an earlier JVM left, of a container that kept its /tmp.
        tmp.remove(socketName);
        try (Fd socket = socket(deadline)) {
            return connect(socket, deadline);
        } catch (LinuxException e) {
            throw failed(e);
        }
    }

    private UnixStream connect(Fd socket, Deadline deadline) throws IOException, InterruptedException {
        FileStatus status = socket.status();
        if (!status.isSocket() || (status.uid() != process.euid() && status.uid() != ROOT)) {
            throw new AttachException(
                    Refusal.PEER_NOT_TARGET,
                    process + ": /tmp/" + socketName + " is not a socket of user " + process.euid());
        }
        UnixStream stream =
                ThreadCredentials.callAs(process.euid(), process.egid(), () -> UnixStream.connect(socket, deadline));
        boolean ours = false;
        try {
            PeerCredentials peer = stream.peer();
            if (peer.pid() != process.pid()) {
                throw new AttachException(
                        Refusal.PEER_NOT_TARGET, process + ": process " + peer.pid() + " listens on its socket");
            }
            identity.check();
            ours = true;
            return stream;
        } finally {
            if (!ours) {
                stream.close();
            }
        }
    }

    private Fd socket(Deadline deadline) throws IOException, InterruptedException {
        Optional<Fd> there = tmp.find(socketName);
        return there.isPresent() ? there.get() : start(deadline);
    }

    private Fd start(Deadline deadline) throws IOException, InterruptedException {
        identity.requireSignalHandler();
        createTrigger();
        try {
            identity.check();
            identity.signal();
            Optional<Fd> socket = Polling.await(deadline, LONGEST_PAUSE, () -> {
                Optional<Fd> found = tmp.find(socketName);
                if (found.isEmpty()) {
                    identity.check();
                }
                return found;
            });
            return socket.orElseThrow(() -> new AttachException(
                    Refusal.TIMEOUT,
                    process + ": no attach socket " + timeouts.listener().toMillis() + " ms after SIGQUIT"
                            + (process.unseenOptions() ? " (options in files may disable attach)" : "")));
        } finally {
            tmp.remove(triggerName);
        }
    }

    /** JDK 8 wants the file to be its own user's; later ones take root's as well. */
    private void createTrigger() throws IOException {
        Optional<Fd> created = tmp.create(triggerName);
        if (created.isEmpty()) {
            // Of a killed agent, or of another tool; a second file event does no harm, a foreign owner would.
            tmp.remove(triggerName);
            created = tmp.create(triggerName);
        }
        try (Fd file = created.orElseThrow(
                () -> new AttachException(Refusal.NOT_PERMITTED, process + ": /tmp/" + triggerName + " comes back"))) {
            file.changeOwner(process.euid(), process.egid());
        } catch (LinuxException e) {
            throw tmp.failed(e);
        }
    }

    private AttachException failed(LinuxException e) {
        return switch (e.errno()) {
            case Errno.ETIMEDOUT -> new AttachException(Refusal.TIMEOUT, process + ": " + e.getMessage(), e);
            case Errno.ECONNREFUSED, Errno.ENOENT ->
                new AttachException(Refusal.JVM_GONE, process + ": " + e.getMessage(), e);
            default -> new AttachException(Refusal.NOT_PERMITTED, process + ": " + e.getMessage(), e);
        };
    }
}
