package dev.hotpatch.patchformat.image;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

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

    /**
     * The chain id of the lowest layer with this diff_id (OCI image specification, config.md): what names it together with the layers below it.
     *
     * @param diffIds of all layers of an image, from the bottom up
     * @return absent if it is not among them
     */
    public static Optional<Digest> chainId(List<Digest> diffIds, Digest diffId) {
        int end = diffIds.indexOf(diffId);
        return diffIds.subList(0, end + 1).stream()
                .reduce((below, layer) -> Digest.of((below + " " + layer).getBytes(StandardCharsets.US_ASCII)));
    }
}
