package dev.hotpatch.nodeagent.hook;

import dev.hotpatch.nodeagent.attach.AttachClient;
import dev.hotpatch.nodeagent.proc.JvmProcess;
import java.io.IOException;
import java.time.Duration;

/** Opens sessions with JVMs. For any number of threads. */
@FunctionalInterface
public interface HookAccess {
    HookSession open(JvmProcess process) throws IOException;

    /** By the attach protocol, with {@code patience} for each request. */
    static HookAccess byAttach(AttachClient client, HookJar jar, Duration patience) {
        return process -> new HookClient(client.attach(process), jar, patience);
    }
}
