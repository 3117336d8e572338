package dev.hotpatch.registryclient.registry;

import dev.hotpatch.patchformat.image.Image;
import dev.hotpatch.patchformat.image.ImageConfig;
import dev.hotpatch.patchformat.image.ImageLayers;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.image.PlatformChoice;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Index;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.registryclient.RegistryException;
import dev.hotpatch.registryclient.reference.ImageReference;
import dev.hotpatch.registryclient.reference.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An image in a registry. Its layers are read from there each time they are opened, and only then.
 *
 * @param name how the user named it
 */
public record RemoteImage(
        String name,
        Repository repository,
        Manifest manifest,
        ImageConfig config,
        Optional<Digest> indexDigest,
        List<Layer> layers)
        implements Image {
    /** An index may list indexes; this deep is followed. */
    private static final int MAX_DEPTH = 4;

    public RemoteImage {
        layers = List.copyOf(layers);
    }

    /**
     * Fetches manifest and config.
     *
     * @param registry stays open as long as the image is used
     * @param platform which image of an index is meant
     */
    public static RemoteImage open(Registry registry, ImageReference reference, Platform platform) throws IOException {
        Repository repository = reference.repository();
        String name = reference.toString();
        Resolved resolved = registry.resolve(reference);
        Optional<Digest> indexDigest = Optional.empty();
        for (int depth = 0; resolved.isIndex(); depth++) {
            if (depth == MAX_DEPTH) {
                throw new RegistryException(name + ": indexes are nested more than " + MAX_DEPTH + " deep");
            }
            Index index = Index.parse(resolved.bytes());
            indexDigest = indexDigest.or(() -> Optional.of(index.digest()));
            Descriptor entry = PlatformChoice.choose(index, platform, name);
            resolved = registry.manifest(repository, entry.digest());
        }
        Manifest manifest = Manifest.parse(resolved.bytes());
        ImageConfig config = ImageConfig.parse(registry.blob(repository, manifest.config(), ImageConfig.MAX_BYTES));
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < manifest.layers().size(); i++) {
            Digest diffId = ImageLayers.diffId(name, manifest, config, i);
            layers.add(new RemoteLayer(registry, repository, manifest.layers().get(i), diffId));
        }
        return new RemoteImage(name, repository, manifest, config, indexDigest, layers);
    }

    private record RemoteLayer(Registry registry, Repository repository, Descriptor descriptor, Digest diffId)
            implements Layer {
        @Override
        public InputStream open() throws IOException {
            return registry.blob(repository, descriptor);
        }
    }
}
