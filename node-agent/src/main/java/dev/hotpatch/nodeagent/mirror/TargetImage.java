package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.patch.PatchContents;
import dev.hotpatch.patchformat.plan.LayerDecision;
import dev.hotpatch.patchformat.plan.LayerPlan;
import dev.hotpatch.patchformat.plan.Origin;
import java.util.List;
import java.util.Optional;

/**
 * The target image of a verified patch, and what the patch has of it. Not the patch itself, whose plan may be large.
 *
 * @param repository of the patch, and so of both images, with its registry
 * @param patch digest of the patch
 * @param base digest of the base image's manifest
 * @param digest of the target's manifest
 * @param contents what the patch consists of
 * @param layers of the target, from the bottom up; empty if no deltas were made
 */
record TargetImage(
        String repository, Digest patch, Digest base, Digest digest, PatchContents contents, List<LayerPlan> layers) {
    TargetImage {
        layers = List.copyOf(layers);
    }

    /** That of a verified patch; empty if the patch is of libraries. */
    static Optional<TargetImage> of(String repository, Patch verified) {
        Origin target = verified.plan().target();
        return target.kind() == Origin.Kind.IMAGE
                ? Optional.of(new TargetImage(
                        repository,
                        verified.digest(),
                        verified.plan().base().digest(),
                        target.digest(),
                        verified.contents(),
                        verified.plan().layers()))
                : Optional.empty();
    }

    Optional<LayerPlan> layer(Digest layer) {
        return layers.stream().filter(each -> each.digest().equals(layer)).findFirst();
    }

    /** Whether the patch has a delta that gives the layer with its own digest. */
    boolean gives(LayerPlan layer) {
        return layer.decision() != LayerDecision.TAR_DELTA && contents.deltas().containsKey(layer.digest());
    }

    /** The config, if that is its digest. */
    Optional<Descriptor> config(Digest config) {
        return contents.targetConfig().filter(own -> own.digest().equals(config));
    }

    /** Whether this is a blob of the image, to be had here or not. */
    boolean contains(Digest blob) {
        return layer(blob).isPresent() || config(blob).isPresent();
    }

    /** By digest, as runtimes pull it. */
    String name() {
        return repository + "@" + digest;
    }
}
