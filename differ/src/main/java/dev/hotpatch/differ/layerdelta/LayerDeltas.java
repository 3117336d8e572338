package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.differ.image.ImagePair;
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
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What becomes of each layer of a target image, and the deltas of those for which there is one.
 *
 * @param layers from the bottom up
 * @param files the deltas, by the target's layer, in the order of the layers
 * @param skeletons of the base's layers that are needed to rebuild whole ones of the target, by diff_id
 */
public record LayerDeltas(List<LayerPlan> layers, Map<Digest, Path> files, Map<Digest, Path> skeletons) {
    /** No layers are known. */
    public static final LayerDeltas NONE = new LayerDeltas(List.of(), Map.of(), Map.of());

    /** A delta that is larger than this share of its layer, in percent, is not worth its risk and its time. */
    private static final int MOST_PERCENT = 60;

    public LayerDeltas {
        layers = List.copyOf(layers);
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        skeletons = Collections.unmodifiableMap(new LinkedHashMap<>(skeletons));
    }

    /**
     * Makes them.
     *
     * @param folder where they go
     */
    public static LayerDeltas make(ImagePair images, LayerDeltaEncoder encoder, Path folder) throws IOException {
        List<Layer> bases = bases(images);
        Set<Digest> known = digests(images.base().layers());
        Map<Digest, LayerPlan> done = new LinkedHashMap<>();
        Map<Digest, Path> files = new LinkedHashMap<>();
        Set<Digest> used = new HashSet<>();
        List<LayerPlan> layers = new ArrayList<>();
        for (Layer layer : images.target().layers()) {
            Digest digest = layer.descriptor().digest();
            LayerPlan plan = done.get(digest);
            if (plan == null && known.contains(digest)) {
                plan = plan(layer, LayerDecision.BASE, Optional.empty());
            } else if (plan == null) {
                Path file = folder.resolve("layer-" + layers.size() + ".delta");
                LayerDelta delta = encoder.encode(bases, layer, file);
                plan = decide(layer, delta, Files.size(file));
                if (plan.decision().hasDelta()) {
                    files.put(digest, file);
                } else {
                    Files.delete(file);
                }
                if (plan.decision() == LayerDecision.DELTA) {
                    delta.bases().forEach(base -> used.add(base.digest()));
                }
            }
            done.put(digest, plan);
            layers.add(plan);
        }
        return new LayerDeltas(layers, files, skeletons(bases, used, folder));
    }

    private static Map<Digest, Path> skeletons(List<Layer> bases, Set<Digest> used, Path folder) throws IOException {
        Map<Digest, Path> skeletons = new LinkedHashMap<>();
        for (Layer base : bases) {
            Path file = folder.resolve("layer-" + skeletons.size() + ".skeleton");
            if (used.remove(base.diffId()) && LayerSkeleton.write(base, file)) {
                skeletons.put(base.diffId(), file);
            }
        }
        return skeletons;
    }

    /** Layers that only the base has are what the target's were made of. */
    private static List<Layer> bases(ImagePair images) {
        Set<Digest> target = digests(images.target().layers());
        List<Layer> all = images.base().layers();
        List<Layer> own = all.stream()
                .filter(layer -> !target.contains(layer.descriptor().digest()))
                .toList();
        List<Layer> chosen = own.isEmpty() ? all : own;
        return chosen.subList(Math.max(0, chosen.size() - LayerDelta.MAX_BASES), chosen.size());
    }

    private static Set<Digest> digests(List<Layer> layers) {
        return layers.stream().map(layer -> layer.descriptor().digest()).collect(Collectors.toSet());
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
