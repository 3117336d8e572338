package dev.hotpatch.patchformat.plan;

import dev.hotpatch.patchformat.oci.Digest;
import java.util.Optional;

/**
 * A layer of the target image.
 *
 * @param digest of the layer as it is stored, that is, compressed
 * @param size of the same, in bytes
 * @param diffId digest of its tar
 * @param reason why there is no delta, or why it gives the tar only; otherwise absent
 */
public record LayerPlan(Digest digest, long size, Digest diffId, LayerDecision decision, Optional<Reason> reason) {}
