package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.plan.LayerDecision;
import dev.hotpatch.patchformat.plan.LayerPlan;
import dev.hotpatch.patchformat.plan.Origin;
import dev.hotpatch.patchformat.plan.PatchPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what a patch says of its target image. */
final class PatchedTarget {
    private PatchedTarget() {}

    /** Empty if the patch is of libraries. */
    static Optional<TargetImage> of(String repository, Patch patch) {
        PatchPlan plan = patch.plan();
        if (plan.target().kind() != Origin.Kind.IMAGE) {
            return Optional.empty();
        }
        Set<Digest> tarOnly = layers(plan, LayerDecision.TAR_DELTA);
        Map<Digest, Descriptor> deltas = new HashMap<>(patch.contents().deltas());
        deltas.keySet().removeAll(tarOnly);
        List<Digest> layers = plan.layers().stream().map(LayerPlan::digest).toList();
        return Optional.of(new TargetImage(
                repository,
                patch.digest(),
                plan.base().digest(),
                plan.target().digest(),
                patch.contents().targetManifest(),
                patch.contents().targetConfig(),
                layers,
                deltas,
                tarOnly));
    }

    private static Set<Digest> layers(PatchPlan plan, LayerDecision decision) {
        return plan.layers().stream()
                .filter(layer -> layer.decision() == decision)
                .map(LayerPlan::digest)
                .collect(Collectors.toUnmodifiableSet());
    }
}
