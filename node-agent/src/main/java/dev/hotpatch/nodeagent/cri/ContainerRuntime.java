package dev.hotpatch.nodeagent.cri;

import java.util.List;

/** What the node-agent asks of a container runtime. */
public interface ContainerRuntime {
    /** The containers that run now. */
    List<CriContainer> running() throws CriException;

    /**
     * The names {@code repository@sha256:…} under which an image was pulled; of the index or of the platform's manifest.
     *
     * @param image a name or {@link CriContainer#imageRef}
     */
    List<String> repoDigests(String image) throws CriException;
}
