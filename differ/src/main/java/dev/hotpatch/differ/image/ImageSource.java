package dev.hotpatch.differ.image;

import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.patchformat.image.Image;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.plan.Origin;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An image, from wherever it is.
 *
 * @param image its view; layers are opened only where the other side has others
 */
public record ImageSource(Image image) implements Source {
    @Override
    public String title() {
        return Titles.ofImage(image.name());
    }

    @Override
    public Optional<Platform> platform() {
        return Optional.of(image.config().platform());
    }

    @Override
    public Origin origin(SortedMap<String, StoredFile> files) {
        return new Origin(
                Origin.Kind.IMAGE,
                title(),
                image.manifest().digest(),
                Optional.of(image.config().digest()),
                image.indexDigest(),
                platform());
    }
}
