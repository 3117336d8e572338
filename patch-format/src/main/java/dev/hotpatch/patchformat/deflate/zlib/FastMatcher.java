package dev.hotpatch.patchformat.deflate.zlib;

import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import java.io.IOException;

/** Levels 1 to 3: takes the first match, and enters the positions within short matches only. */
final class FastMatcher implements Matcher {
    private final Window window;
    private final Blocks blocks;
    private final Effort effort;
    private final ChainSearch search;

    FastMatcher(Window window, Blocks blocks, Effort effort) {
        this.window = window;
        this.blocks = blocks;
        this.effort = effort;
        this.search = new ChainSearch(window, effort);
    }

    @Override
    public void run(boolean cut) throws IOException {
        while (true) {
            int lookahead = window.lookahead();
            if (lookahead < Window.MIN_LOOKAHEAD) {
                window.slideIfDue();
                if (!cut || lookahead == 0) {
                    return;
                }
            }
            int position = window.position;
            int length = 0;
            if (lookahead >= DeflateCodes.MIN_MATCH) {
                int candidate = window.enter(position);
                if (candidate != 0 && position - candidate <= Window.MAX_DISTANCE) {
                    length = search.longest(candidate, position, lookahead, DeflateCodes.MIN_MATCH - 1);
                }
            }
            boolean full;
            if (length >= DeflateCodes.MIN_MATCH) {
                full = blocks.match(position - search.start, length);
                if (length <= effort.lazy() && lookahead - length >= DeflateCodes.MIN_MATCH) {
                    for (int i = 1; i < length; i++) {
                        window.enter(position + i);
                    }
                }
                window.position = position + length;
            } else {
                full = blocks.literal(window.bytes[position]);
                window.position = position + 1;
            }
            if (full) {
                blocks.end(window, false);
            }
        }
    }
}
