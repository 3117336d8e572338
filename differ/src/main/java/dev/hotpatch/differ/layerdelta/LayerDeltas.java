package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.differ.image.ImagePair;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.LayerPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of each layer of a target image, and the deltas of those for which there is one.
 *
 * @param layers from the bottom up
 * @param files the deltas, by the target's layer, in the order of the layers; also of layers that the base has as well, from themselves, where a runtime
 *     unpacks them anew because something below them has changed, and may have dropped their compressed bytes
 * @param skeletons of the base's layers that are needed to rebuild whole ones of the target, by diff_id
 */
public record LayerDeltas(List<LayerPlan> layers, Map<Digest, Path> files, Map<Digest, Path> skeletons) {
    /** No layers are known. */
    public static final LayerDeltas NONE = new LayerDeltas(List.of(), Map.of(), Map.of());

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
        LayerDeltaMaker maker =
                new LayerDeltaMaker(images.base().layers(), images.target().layers(), encoder, folder);
        for (Layer layer : images.target().layers()) {
            maker.add(layer);
        }
        return maker.made();
    }
}
