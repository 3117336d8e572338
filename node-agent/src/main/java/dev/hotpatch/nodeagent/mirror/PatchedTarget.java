package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.plan.Origin;
import dev.hotpatch.patchformat.plan.PatchPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a patch says of its target image. */
final class PatchedTarget {
    private PatchedTarget() {}

    /** Empty if the patch is of libraries. */
    static Optional<TargetImage> of(String repository, Patch patch) {
        PatchPlan plan = patch.plan();
        if (plan.target().kind() != Origin.Kind.IMAGE) {
            return Optional.empty();
        }
        return Optional.of(new TargetImage(
                repository,
                patch.digest(),
                plan.base().digest(),
                plan.target().digest(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of()));
    }
}
