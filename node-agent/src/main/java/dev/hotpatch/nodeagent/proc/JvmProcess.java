package dev.hotpatch.nodeagent.proc;

import java.util.Optional;

/**
 * A HotSpot JVM that can be attached to, as it was when it was looked at.
 *
 * @param pid its number in this name space
 * @param startTime clock ticks since boot; with the number it identifies the process
 * @param nsPid the number it knows itself by
 * @param euid its effective user, as seen from here
 * @param egid its effective group, as seen from here
 * @param containerId from its cgroup; empty for a JVM of the host
 * @param signalHandled SIGQUIT has a handler; without ({@code -Xrs}) only a listener that is there already can be used
 * @param unseenOptions some of its options are in files that were not read
 * @param declaredImage value of {@value #IMAGE_VARIABLE} in its environment, at most 512 characters
 */
public record JvmProcess(
        int pid,
        long startTime,
        int nsPid,
        int euid,
        int egid,
        Optional<String> containerId,
        boolean signalHandled,
        boolean unseenOptions,
        Optional<String> declaredImage) {
    /** Tells the image where no container runtime can be asked: {@code <repository>@sha256:<manifest digest>}. */
    public static final String IMAGE_VARIABLE = "HOTPATCH_IMAGE";

    /** Whether {@code other} is the same process with the same rights in the same container. */
    public boolean isSameAs(JvmProcess other) {
        return pid == other.pid
                && startTime == other.startTime
                && nsPid == other.nsPid
                && euid == other.euid
                && egid == other.egid
                && containerId.equals(other.containerId);
    }

    /** For messages: the process, and its container if it has one. */
    @Override
    public String toString() {
        return "JVM " + pid
                + containerId.map(id -> " in container " + id.substring(0, 12)).orElse("");
    }
}
