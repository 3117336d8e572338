package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.layerdelta.LayerDelta;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** The uncompressed layers of images that the node has. For any number of threads. */
interface BaseTars {
    /**
     * One tar, whole and verified.
     *
     * @param base digest of the manifest of an image that has this layer
     * @param tar its diff_id and size
     * @return to read from at any place, for the caller to close; empty if the node does not have it
     * @throws IOException if the node has it and it cannot be read, is damaged, or does not fit on the disk
     */
    Optional<FileChannel> open(Digest base, LayerDelta.Content tar) throws IOException;
}
