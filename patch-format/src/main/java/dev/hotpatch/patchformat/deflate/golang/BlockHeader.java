package dev.hotpatch.patchformat.deflate.golang;

import dev.hotpatch.patchformat.deflate.encoder.BitWriter;
import dev.hotpatch.patchformat.deflate.encoder.CodeLengths;
import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import dev.hotpatch.patchformat.deflate.encoder.PrefixCode;
import java.io.IOException;

/** The header of a dynamic block as Go writes it: a run of lengths may begin among the literals and end among the distances. */
final class BlockHeader {
    private final CodeLengths codeLengths = new CodeLengths();
    private final int[] lengths = new int[DeflateCodes.LITERALS + DeflateCodes.DISTANCES];
    private final PackageMerge trees;

    BlockHeader(PackageMerge trees) {
        this.trees = trees;
    }

    /** Takes the codes to be described, of which the first so many symbols. */
    void describe(PrefixCode literals, int literalCount, PrefixCode distances, int distanceCount) {
        System.arraycopy(literals.lengths(), 0, lengths, 0, literalCount);
        System.arraycopy(distances.lengths(), 0, lengths, literalCount, distanceCount);
        codeLengths.begin(literalCount, distanceCount);
        codeLengths.add(lengths, literalCount + distanceCount);
        trees.build(codeLengths.frequency(), codeLengths.code(), DeflateCodes.MAX_CODE_LENGTH_BITS);
        codeLengths.end(codeLengths.frequency());
    }

    /** The bits of the header, with the three of every block's. */
    long cost() {
        return 3 + codeLengths.cost();
    }

    /** Writes it, and says that the block is dynamic and not the last. */
    void write(BitWriter bits) throws IOException {
        bits.put(4, 3);
        codeLengths.write(bits);
    }
}
