package dev.hotpatch.patchformat.restore;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The uncompressed layers of a base image, wherever they are. For one thread at a time. */
@FunctionalInterface
public interface BaseTars {
    /**
     * The tar of a layer from its start, which need not be verified: what is made of it is. The caller closes it.
     *
     * @return absent if it is not to be had here
     */
    Optional<InputStream> open(Digest diffId) throws IOException;

    /** These, and others where they lack one. */
    default BaseTars or(BaseTars others) {
        return diffId -> {
            Optional<InputStream> found = open(diffId);
            return found.isPresent() ? found : others.open(diffId);
        };
    }
}
