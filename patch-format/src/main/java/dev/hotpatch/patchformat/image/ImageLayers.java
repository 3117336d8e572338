package dev.hotpatch.patchformat.image;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;

/** What holds between an image's manifest and its config. */
public final class ImageLayers {
    private ImageLayers() {}

    /**
     * The uncompressed digest of layer {@code i}.
     *
     * @throws JsonException if manifest and config do not have the same number of layers
     */
    public static Digest diffId(String name, Manifest manifest, ImageConfig config, int i) throws JsonException {
        if (manifest.layers().size() != config.diffIds().size()) {
            throw new JsonException(
                    name + ": the manifest has " + manifest.layers().size() + " layers, the config "
                            + config.diffIds().size() + " diff_ids; is this an image?");
        }
        return config.diffIds().get(i);
    }
}
