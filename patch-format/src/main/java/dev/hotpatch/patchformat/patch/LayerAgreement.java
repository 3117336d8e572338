package dev.hotpatch.patchformat.patch;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.LayerDecision;
import dev.hotpatch.patchformat.plan.LayerPlan;
import dev.hotpatch.patchformat.plan.Origin;
import dev.hotpatch.patchformat.plan.PatchPlan;
import java.util.List;
import java.util.Optional;

/** What holds between a plan's layers and a patch's deltas. */
final class LayerAgreement {
    private LayerAgreement() {}

    /** @throws IllegalArgumentException if they do not go together */
    static void check(PatchPlan plan, PatchContents contents) {
        List<Digest> planned = plan.layers().stream()
                .filter(layer -> layer.decision().hasDelta()
                        || (layer.decision() == LayerDecision.BASE
                                && contents.deltas().containsKey(layer.digest())))
                .map(LayerPlan::digest)
                .distinct()
                .toList();
        if (!planned.equals(List.copyOf(contents.deltas().keySet()))) {
            throw new IllegalArgumentException("the plan has deltas for the layers " + planned + ", the patch for "
                    + contents.deltas().keySet());
        }
        Origin target = plan.target();
        boolean sameManifest = contents.targetManifest()
                .map(it -> it.digest().equals(target.digest()))
                .orElse(true);
        boolean sameConfig = contents.targetConfig()
                .map(it -> Optional.of(it.digest()).equals(target.config()))
                .orElse(true);
        boolean layersOfImage = plan.layers().isEmpty() || target.kind() == Origin.Kind.IMAGE;
        if (!sameManifest || !sameConfig || !layersOfImage) {
            throw new IllegalArgumentException("the plan's target " + target.digest() + " (config "
                    + target.config().map(Digest::toString).orElse("none") + ") is not the image of the deltas: "
                    + contents.targetManifest().map(Descriptor::digest));
        }
    }
}
