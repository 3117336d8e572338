package dev.hotpatch.patchformat.deflate.zlib;

/** What zlib is told about the content. */
public enum Strategy {
    /** No hint. */
    DEFAULT(0),
    /** Short matches are not worth it. */
    FILTERED(1),
    /** No matches. */
    HUFFMAN(2),
    /** Only matches with the byte before. */
    RLE(3),
    /** No trees of their own for blocks. */
    FIXED(4);

    private final int number;

    Strategy(int number) {
        this.number = number;
    }

    /** The number that zlib and the JDK know it by. */
    public int number() {
        return number;
    }
}
