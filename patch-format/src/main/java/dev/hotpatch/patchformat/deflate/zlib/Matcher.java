package dev.hotpatch.patchformat.deflate.zlib;

import java.io.IOException;

/** One of zlib's ways to turn content into literals and matches. */
interface Matcher {
    /**
     * Encodes what is in the window: all but the last bytes, which wait for those that follow, or all of it.
     *
     * @param cut whether no more bytes can be waited for
     */
    void run(boolean cut) throws IOException;
}
