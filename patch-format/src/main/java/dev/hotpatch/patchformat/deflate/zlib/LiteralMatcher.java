package dev.hotpatch.patchformat.deflate.zlib;

import java.io.IOException;

/** Strategy {@link Strategy#HUFFMAN}: no matches at all. */
final class LiteralMatcher implements Matcher {
    private final Window window;
    private final Blocks blocks;

    LiteralMatcher(Window window, Blocks blocks) {
        this.window = window;
        this.blocks = blocks;
    }

    @Override
    public void run(boolean cut) throws IOException {
        while (window.position < window.end) {
            boolean full = blocks.literal(window.bytes[window.position]);
            window.position++;
            if (full) {
                blocks.end(window, false);
            }
        }
        window.slideIfDue();
    }
}
