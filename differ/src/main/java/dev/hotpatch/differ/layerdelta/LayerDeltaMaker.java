package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.differ.content.BadContentException;
import dev.hotpatch.differ.skeleton.LayerSkeleton;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.layerdelta.LayerDelta;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.LayerDecision;
import dev.hotpatch.patchformat.plan.LayerPlan;
import dev.hotpatch.patchformat.plan.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides layer by layer, from the bottom up, and makes the deltas. For one thread, once. */
final class LayerDeltaMaker {
    /** A delta that is larger than this share of its layer, in percent, is not worth its risk and its time. */
    private static final int MOST_PERCENT = 60;

    private final List<Layer> base;
    private final List<Layer> sources;
    private final LayerDeltaEncoder encoder;
    private final Path folder;

    private final Map<Digest, LayerPlan> decided = new LinkedHashMap<>();
    private final List<LayerPlan> layers = new ArrayList<>();
    private final Map<Digest, Path> files = new LinkedHashMap<>();
    /** By diff_id; empty where there is none. */
    private final Map<Digest, Optional<Path>> skeletons = new LinkedHashMap<>();

    private final Set<Digest> used = new HashSet<>();
    private boolean changedBelow;

    LayerDeltaMaker(List<Layer> base, List<Layer> target, LayerDeltaEncoder encoder, Path folder) {
        this.base = base;
        this.sources = sources(base, target);
        this.encoder = encoder;
        this.folder = folder;
    }

    /** Layers that only the base has are what the target's were made of. */
    private static List<Layer> sources(List<Layer> base, List<Layer> target) {
        Set<Digest> kept =
                target.stream().map(layer -> layer.descriptor().digest()).collect(Collectors.toSet());
        List<Layer> own = base.stream()
                .filter(layer -> !kept.contains(layer.descriptor().digest()))
                .toList();
        List<Layer> chosen = own.isEmpty() ? base : own;
        return chosen.subList(Math.max(0, chosen.size() - LayerDelta.MAX_BASES), chosen.size());
    }

    void add(Layer layer) throws IOException {
        int index = layers.size();
        Digest digest = layer.descriptor().digest();
        changedBelow |=
                index >= base.size() || !base.get(index).descriptor().digest().equals(digest);
        LayerPlan plan = decided.get(digest);
        if (plan == null) {
            Optional<Layer> own = base.stream()
                    .filter(each -> each.descriptor().digest().equals(digest))
                    .findFirst();
            plan = own.isPresent() ? kept(own.get()) : changed(layer);
            decided.put(digest, plan);
        }
        layers.add(plan);
    }

    private LayerPlan kept(Layer layer) throws IOException {
        if (changedBelow) {
            try {
                ofItself(layer);
            } catch (BadContentException e) {
                // Odd as it is, both images have it: whoever has to, pulls it.
            }
        }
        return plan(layer, LayerDecision.BASE, Optional.empty());
    }

    private void ofItself(Layer layer) throws IOException {
        if (skeleton(layer).isPresent()) {
            Path file = file();
            LayerDelta delta = encoder.encode(List.of(layer), layer, file);
            take(layer, delta, file, decide(layer, delta, Files.size(file)).decision() == LayerDecision.DELTA);
        }
    }

    private LayerPlan changed(Layer layer) throws IOException {
        Path file = file();
        LayerDelta delta = encoder.encode(sources, layer, file);
        LayerPlan plan = decide(layer, delta, Files.size(file));
        take(layer, delta, file, plan.decision().hasDelta());
        return plan;
    }

    private Path file() {
        return folder.resolve("layer-" + layers.size() + ".delta");
    }

    private void take(Layer layer, LayerDelta delta, Path file, boolean worthIt) throws IOException {
        if (!worthIt) {
            Files.delete(file);
            return;
        }
        files.put(layer.descriptor().digest(), file);
        if (delta.isExact()) {
            delta.bases().forEach(content -> used.add(content.digest()));
        }
    }

    private Optional<Path> skeleton(Layer layer) throws IOException {
        Optional<Path> known = skeletons.get(layer.diffId());
        if (known == null) {
            Path file = folder.resolve("layer-" + skeletons.size() + ".skeleton");
            known = LayerSkeleton.write(layer, file) ? Optional.of(file) : Optional.empty();
            skeletons.put(layer.diffId(), known);
        }
        return known;
    }

    LayerDeltas made() throws IOException {
        Map<Digest, Path> needed = new LinkedHashMap<>();
        for (Layer layer : base) {
            if (used.contains(layer.diffId())) {
                skeleton(layer).ifPresent(file -> needed.put(layer.diffId(), file));
            }
        }
        return new LayerDeltas(layers, files, needed);
    }

    private static LayerPlan decide(Layer layer, LayerDelta delta, long size) {
        long full = layer.descriptor().size();
        if (size * 100 > full * MOST_PERCENT) {
            return plan(
                    layer,
                    LayerDecision.FULL,
                    Optional.of(new Reason(
                            "delta-too-large",
                            "",
                            String.format(
                                    Locale.ROOT,
                                    "a delta would be %d %% of the layer (%,d of %,d bytes); one is made up to %d %%",
                                    full == 0 ? 100 : size * 100 / full,
                                    size,
                                    full,
                                    MOST_PERCENT))));
        }
        if (delta.isExact()) {
            return plan(layer, LayerDecision.DELTA, Optional.empty());
        }
        return plan(
                layer,
                LayerDecision.TAR_DELTA,
                Optional.of(new Reason(
                        "compression-unknown",
                        "",
                        "no known encoder compresses the layer to these bytes; the delta gives back its tar, with the"
                                + " diff_id, and not the layer's own digest")));
    }

    private static LayerPlan plan(Layer layer, LayerDecision decision, Optional<Reason> reason) {
        return new LayerPlan(layer.descriptor().digest(), layer.descriptor().size(), layer.diffId(), decision, reason);
    }
}
