package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.nodeagent.journal.JvmKey;
import dev.hotpatch.nodeagent.proc.Inspection;
import java.util.List;

/**
 * A JVM on this node.
 *
 * @param key identifies this life of the process
 * @param inspection what a look at it showed; never {@link Inspection.NotJvm}
 * @param images what it runs; empty if nobody can tell
 * @param where pod and container, or the process, for people
 */
public record Target(JvmKey key, Inspection inspection, List<ImageName> images, String where) {
    public Target {
        images = List.copyOf(images);
    }
}
