package dev.hotpatch.differ.image;

import dev.hotpatch.patchformat.image.Image;
import dev.hotpatch.patchformat.plan.Origin;
import java.util.Optional;

/**
 * An image, from wherever it is.
 *
 * @param image its view; layers are opened only where the other side has others
 */
public record ImageSource(Image image) implements Source {
    @Override
    public Origin origin() {
        return new Origin(
                Origin.Kind.IMAGE,
                Titles.ofImage(image.name()),
                image.manifest().digest(),
                Optional.of(image.config().digest()),
                image.indexDigest(),
                Optional.of(image.config().platform()));
    }
}
