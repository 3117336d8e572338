package dev.hotpatch.patchformat.deflate.zlib;

/**
 * How hard a level searches.
 *
 * @param good from this length of the match before, only a quarter of the chain is searched
 * @param lazy the longest match that is still compared with the one at the next byte; at levels that are not lazy, the longest
 *     match whose every position is entered in the hash table
 * @param nice from this length no longer match is looked for
 * @param chain how many earlier positions are looked at
 */
record Effort(int good, int lazy, int nice, int chain) {
    /** The first level that is lazy. */
    static final int FIRST_LAZY_LEVEL = 4;

    static Effort ofLevel(int level) {
        return switch (level) {
            case 1 -> new Effort(4, 4, 8, 4);
            case 2 -> new Effort(4, 5, 16, 8);
            case 3 -> new Effort(4, 6, 32, 32);
            case 4 -> new Effort(4, 4, 16, 16);
            case 5 -> new Effort(8, 16, 32, 32);
            case 6 -> new Effort(8, 16, 128, 128);
            case 7 -> new Effort(8, 32, 128, 256);
            case 8 -> new Effort(32, 128, 258, 1024);
            case 9 -> new Effort(32, 258, 258, 4096);
            default -> throw new IllegalArgumentException("no search at zlib level " + level + "; expected 1 to 9");
        };
    }
}
