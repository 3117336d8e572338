package dev.hotpatch.patchformat.image;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.io.InputStream;

/** One layer of an image: a tar, usually compressed. Immutable; may be read from several threads at once. */
public interface Layer {
    /** Of the layer as it is stored, that is, compressed. */
    Descriptor descriptor();

    /** Digest of the uncompressed tar, as the image's config states it. */
    Digest diffId();

    /**
     * The stored (compressed) bytes from the start; the stream throws rather than end cleanly if they are not those of
     * {@link #descriptor()}. The caller closes it.
     */
    InputStream open() throws IOException;
}
