package dev.hotpatch.patchformat.deflate.zlib;

import dev.hotpatch.patchformat.deflate.encoder.BitWriter;
import dev.hotpatch.patchformat.deflate.encoder.CodeLengths;
import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import dev.hotpatch.patchformat.deflate.encoder.PrefixCode;
import dev.hotpatch.patchformat.deflate.encoder.Symbols;
import java.io.IOException;
import java.util.Arrays;

/** Collects literals and matches, and writes them as blocks in the form that takes the fewest bytes. */
final class Blocks {
    private static final PrefixCode FIXED_LITERALS = PrefixCode.fixedLiterals();
    private static final PrefixCode FIXED_DISTANCES = PrefixCode.fixedDistances();
    private static final int STORED_HEADER = 4;

    private final BitWriter bits;
    private final boolean alwaysFixed;
    /** A literal, or {@code distance << 8 | length - 3}. */
    private final int[] symbols;

    private final int[] literalFrequency = new int[DeflateCodes.LITERALS];
    private final int[] distanceFrequency = new int[DeflateCodes.DISTANCES];
    private final TreeBuilder trees = new TreeBuilder();
    private final PrefixCode literals = new PrefixCode(DeflateCodes.LITERALS);
    private final PrefixCode distances = new PrefixCode(DeflateCodes.DISTANCES);
    private final CodeLengths codeLengths = new CodeLengths();
    private int count;

    Blocks(BitWriter bits, int memoryLevel, boolean alwaysFixed) {
        this.bits = bits;
        this.alwaysFixed = alwaysFixed;
        this.symbols = new int[(1 << (memoryLevel + 6)) - 1];
        literalFrequency[DeflateCodes.END_OF_BLOCK] = 1;
    }

    /** Adds a literal, and says whether the block must now be ended. */
    boolean literal(byte value) {
        int literal = value & 0xff;
        symbols[count++] = literal;
        literalFrequency[literal]++;
        return count == symbols.length;
    }

    /** Adds a match, and says whether the block must now be ended. */
    boolean match(int distance, int length) {
        int beyond = length - DeflateCodes.MIN_MATCH;
        symbols[count++] = distance << Byte.SIZE | beyond;
        literalFrequency[DeflateCodes.END_OF_BLOCK + 1 + DeflateCodes.lengthCode(beyond)]++;
        distanceFrequency[DeflateCodes.distanceCode(distance - 1)]++;
        return count == symbols.length;
    }

    boolean empty() {
        return count == 0;
    }

    /** Writes the block that ends at the window's position, and begins the next one there. */
    void end(Window window, boolean last) throws IOException {
        write(window, last);
        window.blockStart = window.position;
        count = 0;
        Arrays.fill(literalFrequency, 0);
        Arrays.fill(distanceFrequency, 0);
        literalFrequency[DeflateCodes.END_OF_BLOCK] = 1;
    }

    /** Writes an empty stored block. */
    void mark() throws IOException {
        bits.putStored(new byte[0], 0, 0, false);
    }

    private void write(Window window, boolean last) throws IOException {
        trees.build(literalFrequency, literals, DeflateCodes.MAX_BITS);
        trees.build(distanceFrequency, distances, DeflateCodes.MAX_BITS);
        describeCodes();
        long extra = Symbols.extraBits(literalFrequency, distanceFrequency);
        long dynamic =
                bytes(literals.cost(literalFrequency) + distances.cost(distanceFrequency) + codeLengths.cost() + extra);
        long fixed = bytes(FIXED_LITERALS.cost(literalFrequency) + FIXED_DISTANCES.cost(distanceFrequency) + extra);
        boolean useFixed = alwaysFixed || fixed <= dynamic;
        int stored = window.position - window.blockStart;
        if (window.blockStart >= 0 && stored + STORED_HEADER <= (useFixed ? fixed : dynamic)) {
            bits.putStored(window.bytes, window.blockStart, stored, last);
        } else if (useFixed) {
            bits.put(last ? 3 : 2, 3);
            Symbols.write(bits, symbols, count, FIXED_LITERALS, FIXED_DISTANCES, true);
        } else {
            bits.put(last ? 5 : 4, 3);
            codeLengths.write(bits);
            Symbols.write(bits, symbols, count, literals, distances, true);
        }
    }

    private void describeCodes() {
        codeLengths.begin(literals.used(), distances.used());
        codeLengths.add(literals.lengths(), literals.used());
        codeLengths.add(distances.lengths(), distances.used());
        trees.build(codeLengths.frequency(), codeLengths.code(), DeflateCodes.MAX_CODE_LENGTH_BITS);
        codeLengths.end(codeLengths.code().lengths());
    }

    /** The bytes that a block takes with its three bits of header. */
    private static long bytes(long bits) {
        return (bits + 3 + 7) >>> 3;
    }
}
