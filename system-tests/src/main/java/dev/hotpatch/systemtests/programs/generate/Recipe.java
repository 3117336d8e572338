package dev.hotpatch.systemtests.programs.generate;

import java.util.List;

/**
 * What a pair is made from; equal recipes always give equal pairs.
 *
 * @param seed any number; each has its own packages
 * @param release the Java release for seeds that are not for Java 8; one in four is
 * @param edits a bit for each change that is made, {@link #ALL_EDITS} for all that the seed has
 * @param rows what changes are taken from
 */
public record Recipe(long seed, int release, int edits, List<Row> rows) {
    /** Six changes at most. */
    public static final int ALL_EDITS = 63;

    public Recipe {
        rows = List.copyOf(rows);
    }

    /** The recipe that leaves out one more change. */
    public Recipe without(int edit) {
        return new Recipe(seed, release, edits & ~(1 << edit), rows);
    }
}
