package dev.hotpatch.patchformat.deflate.zlib;

import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks along a chain of earlier positions for the longest match. */
final class ChainSearch {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final char[] previous;
    private final Effort effort;
    /** Where the match found last begins. */
    int start;

    ChainSearch(Window window, Effort effort) {
        this.bytes = window.bytes;
        this.previous = window.previous;
        this.effort = effort;
    }

    /**
     * The length of the longest match that is longer than {@code atLeast}, or a length not above {@code atLeast} if there is none.
     *
     * @param candidate the most recent position with the same hash, not 0
     */
    int longest(int candidate, int position, int lookahead, int atLeast) {
        byte[] window = bytes;
        int best = atLeast;
        int most = Math.min(DeflateCodes.MAX_MATCH, lookahead);
        if (best >= most) {
            return lookahead;
        }
        int nice = Math.min(effort.nice(), lookahead);
        int chain = best >= effort.good() ? effort.chain() >> 2 : effort.chain();
        int limit = Math.max(position - Window.MAX_DISTANCE, 0);
        short first = (short) SHORT.get(window, position);
        short last = (short) SHORT.get(window, position + best - 1);
        int at = candidate;
        do {
            // Most candidates are told by the two bytes that would make the match longer than the best one.
            if ((short) SHORT.get(window, at + best - 1) == last && (short) SHORT.get(window, at) == first) {
                int length = common(window, at, position, most);
                if (length > best) {
                    start = at;
                    best = length;
                    if (length >= nice) {
                        break;
                    }
                    last = (short) SHORT.get(window, position + best - 1);
                }
            }
            at = previous[at & (Window.SIZE - 1)];
        } while (at > limit && --chain != 0);
        return best;
    }

    private static int common(byte[] window, int a, int b, int most) {
        int length = 2;
        while (length + Long.BYTES <= most) {
            long difference = (long) LONG.get(window, a + length) ^ (long) LONG.get(window, b + length);
            if (difference != 0) {
                return length + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
            length += Long.BYTES;
        }
        while (length < most && window[a + length] == window[b + length]) {
            length++;
        }
        return length;
    }
}
