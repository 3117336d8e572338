package dev.hotpatch.patchformat.deflate.zlib;

import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;

/**
 * The last 32 KiB of content and up to 32 KiB more that wait to be encoded, with chains of the positions at which the same three
 * bytes begin. The window slides only when it is full, as if all content had been there from the beginning, so that what is made
 * does not depend on the sizes of writes.
 */
final class Window {
    /** How far back a match may begin, RFC 1951's limit. */
    static final int SIZE = 1 << 15;
    /** With fewer bytes than this to come, a match could be cut short by the end of the window. */
    static final int MIN_LOOKAHEAD = DeflateCodes.MAX_MATCH + DeflateCodes.MIN_MATCH + 1;
    /** How far back matches of zlib begin, so that it never looks at bytes that are being replaced. */
    static final int MAX_DISTANCE = SIZE - MIN_LOOKAHEAD;

    private static final int SLIDE_AT = SIZE + MAX_DISTANCE;

    final byte[] bytes = new byte[2 * SIZE];
    /** The position before with the same hash as each position, by its lowest 15 bits; 0 is none. */
    final char[] previous = new char[SIZE];

    private final char[] head;
    private final int hashShift;
    private final int hashMask;
    /** The next byte to encode. */
    int position;
    /** One after the last byte there is. */
    int end;
    /** Where the current block began; negative if that has slid out. */
    int blockStart;
    /** How many bytes before {@link #position} are not in the chains although they could be by now. */
    private int missing;

    Window(int memoryLevel) {
        int hashBits = memoryLevel + 7;
        this.head = new char[1 << hashBits];
        this.hashShift = (hashBits + DeflateCodes.MIN_MATCH - 1) / DeflateCodes.MIN_MATCH;
        this.hashMask = (1 << hashBits) - 1;
    }

    /** Takes as many of these bytes as there is room for, and says how many. */
    int append(byte[] from, int offset, int length) {
        int taken = Math.min(length, bytes.length - end);
        System.arraycopy(from, offset, bytes, end, taken);
        end += taken;
        return taken;
    }

    boolean full() {
        return end == bytes.length;
    }

    int lookahead() {
        return end - position;
    }

    /** Enters a position whose three bytes are there, and returns the position before with the same hash, or 0. */
    int enter(int at) {
        int hash =
                ((bytes[at] & 0xff) << (2 * hashShift) ^ (bytes[at + 1] & 0xff) << hashShift ^ (bytes[at + 2] & 0xff))
                        & hashMask;
        char before = head[hash];
        previous[at & (SIZE - 1)] = before;
        head[hash] = (char) at;
        return before;
    }

    /** Enters the positions that had too few bytes behind them when the content was last cut by {@link #cut()}. */
    void catchUp() {
        while (missing > 0 && lookahead() + missing >= DeflateCodes.MIN_MATCH) {
            enter(position - missing);
            missing--;
        }
    }

    /** To be called when everything is encoded: the last two positions are not in the chains. */
    void cut() {
        missing = Math.min(position, DeflateCodes.MIN_MATCH - 1);
    }

    /** Forgets the older half once the position is near the end. */
    void slideIfDue() {
        if (position < SLIDE_AT) {
            return;
        }
        System.arraycopy(bytes, SIZE, bytes, 0, SIZE);
        position -= SIZE;
        end -= SIZE;
        blockStart -= SIZE;
        slide(head);
        slide(previous);
    }

    private static void slide(char[] positions) {
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (char) Math.max(positions[i] - SIZE, 0);
        }
    }
}
