package dev.hotpatch.patchformat.deflate.encoder;

/** The alphabets of RFC 1951 (section 3.2.5 to 3.2.7): which code a length or a distance has, and what follows it. */
public final class DeflateCodes {
    /** The shortest match that can be written. */
    public static final int MIN_MATCH = 3;
    /** The longest match that can be written. */
    public static final int MAX_MATCH = 258;
    /** The symbol that ends a block; the codes of lengths follow it. */
    public static final int END_OF_BLOCK = 256;
    /** Symbols of the literal and length alphabet that may occur. */
    public static final int LITERALS = 286;
    /** Symbols of the distance alphabet that may occur. */
    public static final int DISTANCES = 30;
    /** Symbols of the alphabet that code lengths are written in. */
    public static final int CODE_LENGTHS = 19;
    /** The longest code of a literal, length or distance, in bits. */
    public static final int MAX_BITS = 15;
    /** The longest code of a code length, in bits. */
    public static final int MAX_CODE_LENGTH_BITS = 7;

    private static final int LENGTH_CODES = 29;
    /** The code of match length 3 + i, less 257. */
    private static final byte[] CODE_OF_LENGTH = new byte[256];
    /** The code of distance 1 + i below 256, and at 256 + i that of distances from 1 + 128 i. */
    private static final byte[] CODE_OF_DISTANCE = new byte[512];

    private static final byte[] LENGTH_EXTRA = new byte[LENGTH_CODES];
    private static final int[] LENGTH_BASE = new int[LENGTH_CODES];
    private static final byte[] DISTANCE_EXTRA = new byte[DISTANCES];
    private static final int[] DISTANCE_BASE = new int[DISTANCES];
    private static final byte[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    static {
        int base = 0;
        for (int code = 0; code < LENGTH_CODES - 1; code++) {
            LENGTH_EXTRA[code] = (byte) Math.max(0, (code - 4) >> 2);
            LENGTH_BASE[code] = base;
            for (int end = base + (1 << LENGTH_EXTRA[code]); base < end; base++) {
                CODE_OF_LENGTH[base] = (byte) code;
            }
        }
        // 258 has a code of its own, although the code before could say it too.
        LENGTH_BASE[LENGTH_CODES - 1] = 255;
        CODE_OF_LENGTH[255] = LENGTH_CODES - 1;
        base = 0;
        for (int code = 0; code < DISTANCES; code++) {
            DISTANCE_EXTRA[code] = (byte) Math.max(0, (code - 2) >> 1);
            DISTANCE_BASE[code] = base;
            for (int end = base + (1 << DISTANCE_EXTRA[code]); base < end; base++) {
                CODE_OF_DISTANCE[base < 256 ? base : 256 + (base >> 7)] = (byte) code;
            }
        }
    }

    private DeflateCodes() {}

    /** The length code, 0 to 28, of a match that is {@code beyondMin} bytes longer than {@link #MIN_MATCH}. */
    public static int lengthCode(int beyondMin) {
        return CODE_OF_LENGTH[beyondMin];
    }

    /** How many bits follow a length code, 0 to 28. */
    public static int lengthExtra(int code) {
        return LENGTH_EXTRA[code];
    }

    /** The smallest length beyond {@link #MIN_MATCH} that has this length code. */
    public static int lengthBase(int code) {
        return LENGTH_BASE[code];
    }

    /** The distance code, 0 to 29, of the distance that is one more than {@code below}. */
    public static int distanceCode(int below) {
        return CODE_OF_DISTANCE[below < 256 ? below : 256 + (below >> 7)];
    }

    /** How many bits follow a distance code, 0 to 29. */
    public static int distanceExtra(int code) {
        return DISTANCE_EXTRA[code];
    }

    /** One less than the smallest distance that has this code. */
    public static int distanceBase(int code) {
        return DISTANCE_BASE[code];
    }

    /** The code length whose own length is written at this place of the header of a dynamic block. */
    public static int orderOfCodeLengths(int place) {
        return ORDER[place];
    }
}
