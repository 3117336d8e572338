package dev.hotpatch.nodeagent.attach;

import dev.hotpatch.nodeagent.proc.JvmProcess;
import dev.hotpatch.nodeagent.proc.ProcFs;
import java.io.IOException;
import java.security.SecureRandom;

/**
 * Reaches JVMs on this machine, in containers or not, without executing anything of theirs. Needs root in the host's pid name
 * space. For any number of threads.
 */
public final class AttachClient {
    private final ProcFs proc;
    private final AttachTimeouts timeouts;
    private final SecureRandom random = new SecureRandom();

    public AttachClient(ProcFs proc, AttachTimeouts timeouts) {
        this.proc = proc;
        this.timeouts = timeouts;
    }

    /**
     * Takes hold of a process; nothing is sent to it yet.
     *
     * @throws AttachException if it is gone or changed, or its /tmp is not a directory
     */
    public AttachSession attach(JvmProcess process) throws IOException {
        Identity identity = Identity.hold(process, proc);
        try {
            ContainerTmp tmp = ContainerTmp.open(proc, process);
            try {
                identity.check();
            } catch (IOException e) {
                tmp.close();
                throw e;
            }
            Listener listener = new Listener(process, tmp, identity, timeouts);
            return new AttachSession(process, identity, tmp, new Staging(tmp, random), listener, timeouts);
        } catch (IOException e) {
            identity.close();
            throw e;
        }
    }
}
