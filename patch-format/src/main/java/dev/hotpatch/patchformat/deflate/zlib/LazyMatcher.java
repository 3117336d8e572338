package dev.hotpatch.patchformat.deflate.zlib;

import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import java.io.IOException;

/** Levels 4 to 9: takes a match only if there is no longer one at the next byte. */
final class LazyMatcher implements Matcher {
    private static final int NO_MATCH = DeflateCodes.MIN_MATCH - 1;
    /** Beyond this distance a match of three bytes costs more than three literals. */
    private static final int FAR = 4096;
    /** The longest match that is left out of filtered content. */
    private static final int FILTERED = 5;

    private final Window window;
    private final Blocks blocks;
    private final Effort effort;
    private final ChainSearch search;
    private final boolean filtered;
    private int length = NO_MATCH;
    private int start;
    /** Whether the byte before the position is neither written nor part of a match that was. */
    private boolean waiting;

    LazyMatcher(Window window, Blocks blocks, Effort effort, boolean filtered) {
        this.window = window;
        this.blocks = blocks;
        this.effort = effort;
        this.filtered = filtered;
        this.search = new ChainSearch(window, effort);
    }

    @Override
    public void run(boolean cut) throws IOException {
        while (true) {
            int lookahead = window.lookahead();
            if (lookahead < Window.MIN_LOOKAHEAD) {
                slideIfDue();
                if (!cut) {
                    return;
                }
                if (lookahead == 0) {
                    break;
                }
            }
            step(lookahead);
        }
        if (waiting) {
            blocks.literal(window.bytes[window.position - 1]);
            waiting = false;
        }
    }

    private void slideIfDue() {
        int before = window.position;
        window.slideIfDue();
        start -= before - window.position;
    }

    private void step(int lookahead) throws IOException {
        int position = window.position;
        int candidate = lookahead >= DeflateCodes.MIN_MATCH ? window.enter(position) : 0;
        int lengthBefore = length;
        int startBefore = start;
        length = NO_MATCH;
        if (candidate != 0 && lengthBefore < effort.lazy() && position - candidate <= Window.MAX_DISTANCE) {
            int found = search.longest(candidate, position, lookahead, lengthBefore);
            start = search.start;
            boolean poor = filtered ? found <= FILTERED : found == DeflateCodes.MIN_MATCH && position - start > FAR;
            length = poor ? NO_MATCH : found;
        }
        if (lengthBefore >= DeflateCodes.MIN_MATCH && length <= lengthBefore) {
            take(position, lookahead, lengthBefore, position - 1 - startBefore);
        } else if (waiting) {
            if (blocks.literal(window.bytes[position - 1])) {
                blocks.end(window, false);
            }
            window.position++;
        } else {
            waiting = true;
            window.position++;
        }
    }

    /** Writes the match that began at the byte before. */
    private void take(int position, int lookahead, int matched, int distance) throws IOException {
        boolean full = blocks.match(distance, matched);
        int end = position + matched - 1;
        int lastEntered = Math.min(end - 1, position + lookahead - DeflateCodes.MIN_MATCH);
        for (int i = position + 1; i <= lastEntered; i++) {
            window.enter(i);
        }
        window.position = end;
        waiting = false;
        length = NO_MATCH;
        if (full) {
            blocks.end(window, false);
        }
    }
}
