package dev.hotpatch.nodeagent.proc;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the container's id in {@code /proc/PID/cgroup} as containerd, CRI-O, docker and podman write it, in cgroup v1 and v2. */
final class ContainerId {
    /** 64 digits, alone or behind the runtime's name; conmon is the monitor beside a container, not in it. */
    private static final Pattern ELEMENT =
            Pattern.compile("(?:.*:)?(?:(?:cri-containerd|docker|libpod|crio)[-:])?([0-9a-f]{64})(?:\\.scope)?");

    private ContainerId() {}

    /** The id of the innermost container, or empty for a process of the host. */
    static Optional<String> of(String cgroupFile) {
        for (String line : cgroupFile.split("\n", -1)) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3) {
                Optional<String> id = inPath(fields[2]);
                if (id.isPresent()) {
                    return id;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> inPath(String path) {
        String[] elements = path.split("/", -1);
        for (int i = elements.length - 1; i >= 0; i--) {
            String element = elements[i];
            Matcher matcher = ELEMENT.matcher(element);
            if (element.length() <= 256 && matcher.matches()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }
}
