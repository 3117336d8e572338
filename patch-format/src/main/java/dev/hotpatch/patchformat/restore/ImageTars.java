package dev.hotpatch.patchformat.restore;

import dev.hotpatch.patchformat.codec.Compression;
import dev.hotpatch.patchformat.image.Image;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The tars of an image whose layers can be read. */
public record ImageTars(Image image) implements BaseTars {
    @Override
    public Optional<InputStream> open(Digest diffId) throws IOException {
        for (Layer layer : image.layers()) {
            if (layer.diffId().equals(diffId)) {
                return Optional.of(Compression.decompress(layer.open()));
            }
        }
        return Optional.empty();
    }
}
