package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.codec.Compression;
import dev.hotpatch.patchformat.image.ImageConfig;
import dev.hotpatch.patchformat.image.ImageLayers;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.restore.BaseTars;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The tars of an image whose manifest, config and compressed layers are in the content store.
 *
 * @param image digest of its manifest
 */
record ContentStoreTars(ContentStore store, Digest image) implements BaseTars {
    @Override
    public Optional<InputStream> open(Digest diffId) throws IOException {
        Optional<Digest> stored = storedLayer(diffId);
        Optional<InputStream> layer = stored.isEmpty() ? Optional.empty() : store.open(stored.get());
        return layer.isEmpty() ? Optional.empty() : Optional.of(Compression.decompress(layer.get()));
    }

    /** The digest of the layer as it is stored. */
    private Optional<Digest> storedLayer(Digest diffId) throws IOException {
        Optional<byte[]> bytes = store.read(image, Manifest.MAX_BYTES);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        Manifest manifest = Manifest.parse(bytes.get());
        Optional<byte[]> config = store.read(manifest.config().digest(), ImageConfig.MAX_BYTES);
        if (config.isEmpty()) {
            return Optional.empty();
        }
        ImageConfig parsed = ImageConfig.parse(config.get());
        for (int i = 0; i < manifest.layers().size(); i++) {
            if (ImageLayers.diffId(image.toString(), manifest, parsed, i).equals(diffId)) {
                return Optional.of(manifest.layers().get(i).digest());
            }
        }
        return Optional.empty();
    }
}
