package dev.hotpatch.patchformat.plan;

import java.util.Locale;

/** How a node that has the base image comes to a layer of the target image. */
public enum LayerDecision {
    /** The base image has the layer; the patch may have a delta from the layer to itself, for runtimes that have dropped its compressed bytes. */
    BASE,
    /** A delta gives it back, with its own digest. */
    DELTA,
    /** A delta gives its tar back, with the diff_id, but not the compressed bytes. */
    TAR_DELTA,
    /** It is pulled in full. */
    FULL;

    /** The word in JSON: {@code tar-delta}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the patch is sure to have a delta for the layer. */
    public boolean hasDelta() {
        return this == DELTA || this == TAR_DELTA;
    }

    /**
     * The decision with that {@link #word}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static LayerDecision of(String word) {
        for (LayerDecision decision : values()) {
            if (decision.word().equals(word)) {
                return decision;
            }
        }
        throw new IllegalArgumentException("unknown decision " + word);
    }
}
