package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.nodeagent.journal.JvmKey;
import java.io.IOException;
import java.util.List;

/** Finds the JVMs of a node. */
public interface TargetFinder {
    /** All JVMs that run now, with or without a known image. */
    List<Target> find() throws IOException;

    /** Whether that process still lives. */
    boolean isAlive(JvmKey jvm) throws IOException;
}
