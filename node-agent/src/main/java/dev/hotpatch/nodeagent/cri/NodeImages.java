package dev.hotpatch.nodeagent.cri;

import java.time.Duration;
import java.util.List;

/** The images that a container runtime has on this node. For any number of threads. */
public interface NodeImages {
    /** The names {@code repository@sha256:…} of all images; of the index or of the platform's manifest. */
    List<String> repoDigests() throws CriException;

    /**
     * Has the runtime pull an image, with its own credentials; waits for it.
     *
     * @param longest how long it may take, at least a millisecond
     * @return the runtime's own name for the image; with containerd the digest of its config
     */
    String pull(String image, Duration longest) throws CriException;
}
