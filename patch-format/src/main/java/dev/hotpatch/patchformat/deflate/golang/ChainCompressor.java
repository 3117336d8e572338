package dev.hotpatch.patchformat.deflate.golang;

import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import java.io.IOException;

/** Levels 2 to 9: matches by chains of earlier positions; from level 4 a match is taken only if the next byte has no longer one. */
final class ChainCompressor implements Compressor {
    private static final int MIN_LOOKAHEAD = Window.MIN_MATCH + DeflateCodes.MAX_MATCH;
    private static final int SLIDE_AT = 2 * Window.SIZE - MIN_LOOKAHEAD;
    private static final int MAX_TOKENS = 1 << 14;
    private static final int NO_MATCH = Window.MIN_MATCH - 1;
    /** Beyond this distance a match of four bytes is not worth it. */
    private static final int FAR = 4096;
    /** A block that began before the window did cannot be stored. */
    private static final int GONE = -1;

    private final Window window = new Window();
    private final Tokens tokens = new Tokens(MAX_TOKENS);
    private final Blocks blocks;
    private final Effort effort;
    private final boolean lazy;
    private final boolean asWritten;
    private int position;
    private int blockStart;
    private int length = NO_MATCH;
    private int distance;
    /** Whether the byte before the position is neither written nor part of a match that was. */
    private boolean waiting;

    ChainCompressor(Blocks blocks, int level, boolean asWritten) {
        this.blocks = blocks;
        this.effort = Effort.ofLevel(level);
        this.lazy = effort.lazy() > 0;
        this.asWritten = asWritten;
    }

    @Override
    public int fill(byte[] from, int offset, int count) throws IOException {
        if (asWritten || window.full()) {
            run(false);
        }
        if (position >= SLIDE_AT) {
            window.slide();
            position -= Window.SIZE;
            blockStart = blockStart >= Window.SIZE ? blockStart - Window.SIZE : GONE;
        }
        return window.append(from, offset, count);
    }

    @Override
    public void cut() throws IOException {
        run(true);
        if (waiting) {
            tokens.literal(window.bytes[position - 1]);
            waiting = false;
        }
        if (tokens.count > 0) {
            endBlock(position);
        }
    }

    private void run(boolean cut) throws IOException {
        while (window.end - position >= (cut ? 1 : MIN_LOOKAHEAD)) {
            if (lazy) {
                stepLazily();
            } else {
                step();
            }
        }
    }

    private void step() throws IOException {
        int at = position;
        if (find(at, NO_MATCH)) {
            tokens.match(distance, length);
            if (length <= effort.entered()) {
                enterWithin(at + 1, at + length);
            }
            position = at + length;
        } else {
            tokens.literal(window.bytes[at]);
            position = at + 1;
        }
        if (tokens.full()) {
            endBlock(position);
        }
    }

    private void stepLazily() throws IOException {
        int at = position;
        int lengthBefore = length;
        int distanceBefore = distance;
        length = NO_MATCH;
        distance = 0;
        find(at, lengthBefore);
        if (lengthBefore >= Window.MIN_MATCH && length <= lengthBefore) {
            tokens.match(distanceBefore, lengthBefore);
            position = at + lengthBefore - 1;
            enterWithin(at + 1, position);
            waiting = false;
            length = NO_MATCH;
        } else {
            if (waiting) {
                tokens.literal(window.bytes[at - 1]);
                if (tokens.full()) {
                    endBlock(at);
                }
            }
            waiting = true;
            position = at + 1;
            return;
        }
        if (tokens.full()) {
            endBlock(position);
        }
    }

    private void enterWithin(int from, int to) {
        int last = Math.min(to, window.end - NO_MATCH);
        for (int i = from; i < last; i++) {
            window.enter(i);
        }
    }

    private void endBlock(int end) throws IOException {
        blocks.smallest(tokens, window.bytes, blockStart, end);
        blockStart = end;
    }

    /** Enters the position and looks for a match there, unless the one before is good enough or reaches the end. */
    private boolean find(int at, int lengthBefore) {
        int lookahead = window.end - at;
        if (lookahead <= NO_MATCH) {
            return false;
        }
        int candidate = window.enter(at);
        boolean search = lazy ? lookahead > lengthBefore && lengthBefore < effort.lazy() : true;
        return search
                && candidate >= Math.max(at - Window.SIZE, 0)
                && longest(at, candidate, Math.min(lookahead, DeflateCodes.MAX_MATCH));
    }

    private boolean longest(int at, int first, int most) {
        byte[] bytes = window.bytes;
        int nice = Math.min(effort.nice(), most);
        int oldest = at - Window.SIZE;
        int best = NO_MATCH;
        byte last = bytes[at + best];
        int candidate = first;
        for (int tries = effort.chain(); tries > 0; tries--) {
            if (bytes[candidate + best] == last) {
                int common = window.common(candidate, at, most);
                if (common > best && (common > Window.MIN_MATCH || at - candidate <= FAR)) {
                    best = common;
                    distance = at - candidate;
                    if (common >= nice) {
                        break;
                    }
                    last = bytes[at + common];
                }
            }
            if (candidate == oldest) {
                break;
            }
            candidate = window.before(candidate);
            if (candidate < oldest || candidate < 0) {
                break;
            }
        }
        if (best == NO_MATCH) {
            return false;
        }
        length = best;
        return true;
    }
}
