package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The target image of a verified patch, and what the patch has of it.
 *
 * @param repository of the patch, and so of both images, with its registry
 * @param patch digest of the patch
 * @param base digest of the base image's manifest
 * @param digest of the target's manifest
 * @param manifest the blob of the patch that is the target's manifest
 * @param config the blob of the patch that is the target's config
 * @param layers digests of all layers of the target, as stored, from the bottom up
 * @param deltas of those layers for which the patch has a delta, the blob that holds it
 */
record TargetImage(
        String repository,
        Digest patch,
        Digest base,
        Digest digest,
        Optional<Descriptor> manifest,
        Optional<Descriptor> config,
        List<Digest> layers,
        Map<Digest, Descriptor> deltas) {
    TargetImage {
        layers = List.copyOf(layers);
        deltas = Map.copyOf(deltas);
    }

    /** Whether this is a blob of the image, to be had here or not. */
    boolean contains(Digest blob) {
        return layers.contains(blob)
                || config.filter(own -> own.digest().equals(blob)).isPresent();
    }

    /** By digest, as runtimes pull it. */
    String name() {
        return repository + "@" + digest;
    }
}
