package dev.hotpatch.nodeagent.cri;

import dev.hotpatch.patchformat.oci.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

    /**
     * The folder in which the files of an unpacked layer lie, and no other layer's, with deletions as the runtime's file system notes them.
     *
     * @param chainId of the layer on those below it (OCI image specification, config.md)
     * @return as the runtime names it, which may have other mounts than this process; absent if the layer is not unpacked, or in another way
     */
    Optional<Path> unpacked(Digest chainId) throws CriException;
}
