package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
 * @param deltas of those layers that the patch gives back with their own digest, the blob that holds the delta
 * @param tarOnly those layers of which the patch gives back the tar only, which is no use to a runtime
 */
record TargetImage(
        String repository,
        Digest patch,
        Digest base,
        Digest digest,
        Optional<Descriptor> manifest,
        Optional<Descriptor> config,
        List<Digest> layers,
        Map<Digest, Descriptor> deltas,
        Set<Digest> tarOnly) {
    TargetImage {
        layers = List.copyOf(layers);
        deltas = Map.copyOf(deltas);
        tarOnly = Set.copyOf(tarOnly);
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
