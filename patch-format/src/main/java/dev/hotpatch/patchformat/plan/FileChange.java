package dev.hotpatch.patchformat.plan;

import java.util.Locale;

/**
 * A file, an entry of a jar or a setting of the image that is not a class and not the same in base and target.
 *
 * @param path in the target, or in the base if the target lacks it; containers joined by {@code !/}
 * @param decision what becomes of it
 * @param reason why
 */
public record FileChange(String path, FileDecision decision, Reason reason) {
    /** What becomes of a file. */
    public enum FileDecision {
        /** Has no bearing on running code: licences, build facts, documentation. */
        INERT,
        /** Reaches the node with the target image only; running JVMs keep the old content. */
        RESOURCE,
        /** Cannot go live, and running code depends on it: a native library, the Java run-time. */
        BLOCKED;

        /** The word in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
