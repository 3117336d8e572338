package dev.hotpatch.cli;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.plan.LayerPlan;
import dev.hotpatch.patchformat.plan.PatchPlan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The layers of a target image for people. */
final class LayerLines {
    private LayerLines() {}

    static List<String> of(PatchPlan plan, Optional<Patch> patch) {
        return plan.layers().stream().map(layer -> line(layer, patch)).toList();
    }

    private static String line(LayerPlan layer, Optional<Patch> patch) {
        Optional<Descriptor> delta = patch.map(made -> made.contents().deltas().get(layer.digest()));
        return String.format(Locale.ROOT, "%-9s %s  %,d bytes", layer.decision().word(), layer.digest(), layer.size())
                + delta.map(it -> String.format(
                                Locale.ROOT, ", delta %,d (%.1f %%)", it.size(), 100.0 * it.size() / layer.size()))
                        .orElse("")
                + layer.reason()
                        .map(reason -> ": " + reason.code() + ": " + reason.text())
                        .orElse("");
    }
}
