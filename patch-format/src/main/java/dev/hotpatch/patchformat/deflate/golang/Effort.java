package dev.hotpatch.patchformat.deflate.golang;

/**
 * How hard a level searches.
 *
 * @param lazy the longest match that is still compared with the one at the next byte; 0 at levels that take the first match
 * @param nice from this length no longer match is looked for
 * @param chain how many earlier positions are looked at
 * @param entered the longest match whose every position is entered in the hash table
 */
record Effort(int lazy, int nice, int chain, int entered) {
    private static final int ALL = Integer.MAX_VALUE;

    static Effort ofLevel(int level) {
        return switch (level) {
            case 2 -> new Effort(0, 16, 8, 5);
            case 3 -> new Effort(0, 32, 32, 6);
            case 4 -> new Effort(4, 16, 16, ALL);
            case 5 -> new Effort(16, 32, 32, ALL);
            case 6 -> new Effort(16, 128, 128, ALL);
            case 7 -> new Effort(32, 128, 256, ALL);
            case 8 -> new Effort(128, 258, 1024, ALL);
            case 9 -> new Effort(258, 258, 4096, ALL);
            default -> throw new IllegalArgumentException("no search at Go's level " + level + "; expected 2 to 9");
        };
    }
}
