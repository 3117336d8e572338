package dev.hotpatch.patchformat.image;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Index;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An image in an OCI image layout.
 *
 * @param name how the user named it
 */
public record LayoutImage(
        String name, Manifest manifest, ImageConfig config, Optional<Digest> indexDigest, List<Layer> layers)
        implements Image {
    /** An index may list indexes; this deep is followed. */
    private static final int MAX_DEPTH = 4;

    public LayoutImage {
        layers = List.copyOf(layers);
    }

    /**
     * Opens the image with that tag, or the only one.
     *
     * @param platform which image of an index is meant
     */
    public static LayoutImage open(Layout layout, Optional<String> tag, Platform platform, String name)
            throws IOException {
        Descriptor entry = layout.find(tag);
        Optional<Digest> indexDigest = Optional.empty();
        for (int depth = 0; MediaTypes.isIndex(entry.mediaType()); depth++) {
            if (depth == MAX_DEPTH) {
                throw new IOException(name + ": indexes are nested more than " + MAX_DEPTH + " deep");
            }
            Index index = Index.parse(layout.read(entry, Manifest.MAX_BYTES));
            indexDigest = indexDigest.or(() -> Optional.of(index.digest()));
            entry = PlatformChoice.choose(index, platform, name);
        }
        Manifest manifest = Manifest.parse(layout.read(entry, Manifest.MAX_BYTES));
        ImageConfig config = ImageConfig.parse(layout.read(manifest.config(), ImageConfig.MAX_BYTES));
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < manifest.layers().size(); i++) {
            layers.add(
                    new LayoutLayer(layout, manifest.layers().get(i), ImageLayers.diffId(name, manifest, config, i)));
        }
        return new LayoutImage(name, manifest, config, indexDigest, layers);
    }

    private record LayoutLayer(Layout layout, Descriptor descriptor, Digest diffId) implements Layer {
        @Override
        public InputStream open() throws IOException {
            return layout.open(descriptor);
        }
    }
}
