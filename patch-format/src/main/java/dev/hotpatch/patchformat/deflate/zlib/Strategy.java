package dev.hotpatch.patchformat.deflate.zlib;

/** What zlib is told about the content, in the order of its constants {@code Z_DEFAULT_STRATEGY} to {@code Z_FIXED}. */
public enum Strategy {
    /** No hint. */
    DEFAULT,
    /** Short matches are not worth it. */
    FILTERED,
    /** No matches. */
    HUFFMAN,
    /** Only matches with the byte before. */
    RLE,
    /** No trees of their own for blocks. */
    FIXED
}
