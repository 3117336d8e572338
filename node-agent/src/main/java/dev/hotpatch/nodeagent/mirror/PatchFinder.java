package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.nodeagent.agent.ImageName;
import dev.hotpatch.nodeagent.agent.PatchCandidate;
import java.io.IOException;
import java.util.List;

/** Finds patches, those that go live and others. For any number of threads. */
@FunctionalInterface
public interface PatchFinder {
    /**
     * The patches for an image, the one to prefer first; empty if there is none.
     *
     * @throws IOException if it cannot be known
     */
    List<PatchCandidate> find(ImageName image) throws IOException;
}
