package dev.hotpatch.patchformat.image;

import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import java.util.List;
import java.util.Optional;

/** An image for one platform, from a registry, an OCI layout or an archive. Immutable; nothing is read before it is needed. */
public interface Image {
    /** How the user named it; for messages only. */
    String name();

    Manifest manifest();

    ImageConfig config();

    /** The index through which the image was found, if it was. */
    Optional<Digest> indexDigest();

    /** From the bottom up; one for each layer descriptor of the manifest. */
    List<Layer> layers();
}
