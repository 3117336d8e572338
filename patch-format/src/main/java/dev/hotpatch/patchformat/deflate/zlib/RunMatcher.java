package dev.hotpatch.patchformat.deflate.zlib;

import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import java.io.IOException;

/** Strategy {@link Strategy#RLE}: matches at distance 1 only. */
final class RunMatcher implements Matcher {
    private final Window window;
    private final Blocks blocks;

    RunMatcher(Window window, Blocks blocks) {
        this.window = window;
        this.blocks = blocks;
    }

    @Override
    public void run(boolean cut) throws IOException {
        while (true) {
            int lookahead = window.lookahead();
            if (lookahead <= DeflateCodes.MAX_MATCH) {
                window.slideIfDue();
                if (!cut || lookahead == 0) {
                    return;
                }
            }
            int position = window.position;
            int length = position > 0 ? runLength(position, Math.min(lookahead, DeflateCodes.MAX_MATCH)) : 0;
            boolean full;
            if (length >= DeflateCodes.MIN_MATCH) {
                full = blocks.match(1, length);
                window.position += length;
            } else {
                full = blocks.literal(window.bytes[position]);
                window.position++;
            }
            if (full) {
                blocks.end(window, false);
            }
        }
    }

    private int runLength(int position, int most) {
        byte[] bytes = window.bytes;
        byte repeated = bytes[position - 1];
        int length = 0;
        while (length < most && bytes[position + length] == repeated) {
            length++;
        }
        return length;
    }
}
