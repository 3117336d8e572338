package dev.hotpatch.patchformat.layerdelta;

import dev.hotpatch.patchformat.deflate.DeflateParameters;
import dev.hotpatch.patchformat.oci.Digest;
import java.util.List;

/**
 * What a layer delta is for and what it gives (docs/patch-format.md).
 *
 * @param bases tars that it needs, in the order of its files
 * @param tar the tar that it gives
 * @param layer the layer that it gives; the tar itself where nothing can give the compressed bytes back
 * @param framing how the layer is made of the tar
 */
public record LayerDelta(List<Content> bases, Content tar, Content layer, Framing framing) {
    /** More bases are refused. */
    public static final int MAX_BASES = 128;

    public LayerDelta {
        bases = List.copyOf(bases);
    }

    /**
     * Bytes that are known by their digest.
     *
     * @param digest of all bytes
     * @param size in bytes
     */
    public record Content(Digest digest, long size) {}

    /** How a layer is made of its tar. */
    public sealed interface Framing {
        /** The layer is the tar. */
        record Plain() implements Framing {}

        /** One gzip member. */
        record Gzip(byte[] header, DeflateParameters parameters) implements Framing {}

        /** Compressed in a way that is not known to be repeatable: only the tar is given. */
        record TarOnly() implements Framing {}
    }

    /** Whether the layer comes back with its own digest, not only its tar with the diff_id. */
    public boolean isExact() {
        return !(framing instanceof Framing.TarOnly);
    }
}
