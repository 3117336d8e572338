package dev.hotpatch.nodeagent.journal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies one life of one process on this machine.
 *
 * @param bootId of the kernel, 8 hexadecimal digits; start times are counted from boot
 * @param pid process number
 * @param startTime clock ticks since boot
 * @param container first 12 digits of the container's id, or {@code host}
 */
public record JvmKey(String bootId, int pid, long startTime, String container) {
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{8})-([0-9]{1,7})-([0-9]{1,18})-([0-9a-f]{12}|host)");

    public JvmKey {
        if (!NAME.matcher(bootId + "-" + pid + "-" + startTime + "-" + container)
                .matches()) {
            throw new IllegalArgumentException(
                    "not a JVM's key: " + bootId + "-" + pid + "-" + startTime + "-" + container);
        }
    }

    static Optional<JvmKey> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new JvmKey(
                        matcher.group(1),
                        Integer.parseInt(matcher.group(2)),
                        Long.parseLong(matcher.group(3)),
                        matcher.group(4)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return bootId + "-" + pid + "-" + startTime + "-" + container;
    }
}
