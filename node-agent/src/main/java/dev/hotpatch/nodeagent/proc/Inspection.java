package dev.hotpatch.nodeagent.proc;

import java.util.Optional;

/** What a look at a process showed. */
public sealed interface Inspection {
    /** It is not a JVM, or it is gone. */
    record NotJvm() implements Inspection {}

    /** It is a JVM that can be attached to. */
    record Attachable(JvmProcess process) implements Inspection {}

    /**
     * It is a JVM, and it cannot be attached to.
     *
     * @param containerId from its cgroup; empty for a JVM of the host
     * @param declaredImage as in {@link JvmProcess}
     */
    record Refused(
            int pid,
            long startTime,
            Optional<String> containerId,
            Optional<String> declaredImage,
            Refusal reason,
            String message)
            implements Inspection {}
}
