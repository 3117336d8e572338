package dev.hotpatch.patchformat.deflate.golang;

import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Level 1: matches by a table of the last position of each hash of four bytes, reaching into the block before. */
final class SpeedForm implements BlockCompressor.Form {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int TABLE_BITS = 14;
    private static final int MULTIPLIER = 0x1e35a7bd;
    private static final int MAX_DISTANCE = 1 << 15;
    /** Shorter content than this is not searched, and nothing begins a match that is nearer to the end. */
    private static final int MARGIN = 15;

    private static final int MATCHED = 4;
    /** A cut block up to this size is stored, and up to the next one written without matches. */
    private static final int TINY = 16;

    private static final int SMALL = 128;
    /** Positions are counted from the beginning, and counted anew before they overflow. */
    private static final int REBASE_AT = 1 << 30;

    private final Blocks blocks;
    private final Tokens tokens = new Tokens(Blocks.MAX_STORED);
    private final int[] values = new int[1 << TABLE_BITS];
    private final int[] positions = new int[1 << TABLE_BITS];
    private final byte[] before = new byte[Blocks.MAX_STORED];
    private int lengthBefore;
    /** The position of the first byte of the block; all positions in the table at first are too far away. */
    private int base = Blocks.MAX_STORED;

    SpeedForm(Blocks blocks) {
        this.blocks = blocks;
    }

    @Override
    public void write(byte[] bytes, int length, boolean cut) throws IOException {
        if (length < SMALL) {
            if (length <= TINY) {
                blocks.stored(bytes, 0, length);
            } else {
                blocks.literalsOrStored(bytes, length);
            }
            lengthBefore = 0;
            base += MAX_DISTANCE;
            rebaseIfDue();
            return;
        }
        rebaseIfDue();
        search(bytes, length);
        if (tokens.count > length - (length >> 4)) {
            tokens.count = 0;
            blocks.literalsOrStored(bytes, length);
        } else {
            blocks.dynamicOrStored(tokens, bytes, length);
        }
    }

    private void rebaseIfDue() {
        if (base < REBASE_AT) {
            return;
        }
        if (lengthBefore == 0) {
            Arrays.fill(values, 0);
            Arrays.fill(positions, 0);
        } else {
            for (int i = 0; i < positions.length; i++) {
                positions[i] = Math.max(positions[i] - base + MAX_DISTANCE + 1, 0);
            }
        }
        base = MAX_DISTANCE + 1;
    }

    private void search(byte[] bytes, int length) {
        int limit = length - MARGIN;
        int written = 0;
        int at = 0;
        while (true) {
            at = firstMatch(bytes, at, limit);
            if (at < 0) {
                break;
            }
            tokens.literals(bytes, written, at);
            at = matches(bytes, at, length, limit);
            if (at < 0) {
                written = ~at;
                break;
            }
            written = at++;
        }
        tokens.literals(bytes, written, length);
        base += length;
        System.arraycopy(bytes, 0, before, 0, length);
        lengthBefore = length;
    }

    /** Where the candidate of the match found last begins, in the block; negative in the block before. */
    private int candidate;

    /** The next position at which four bytes match an earlier four, or -1. The longer there is none, the fewer positions are tried. */
    private int firstMatch(byte[] bytes, int from, int limit) {
        int skip = 32;
        int next = from;
        int value = (int) INT.get(bytes, from);
        while (true) {
            int at = next;
            int step = skip >> 5;
            next = at + step;
            skip += step;
            if (next > limit) {
                return -1;
            }
            int hash = hash(value);
            int found = positions[hash] - base;
            int foundValue = values[hash];
            positions[hash] = at + base;
            values[hash] = value;
            if (at - found <= MAX_DISTANCE && value == foundValue) {
                candidate = found;
                return at;
            }
            value = (int) INT.get(bytes, next);
        }
    }

    /**
     * Writes the match at a position and all that follow it without a literal between.
     *
     * @return the position after them, or its complement if that is too near to the end to look for more
     */
    private int matches(byte[] bytes, int from, int length, int limit) {
        int at = from;
        while (true) {
            at += MATCHED;
            int start = candidate + MATCHED;
            int more = common(bytes, at, start, length);
            tokens.match(at - start, more + MATCHED);
            at += more;
            if (at >= limit) {
                return ~at;
            }
            int value = (int) INT.get(bytes, at - 1);
            int hash = hash(value);
            positions[hash] = base + at - 1;
            values[hash] = value;
            value = (int) INT.get(bytes, at);
            hash = hash(value);
            candidate = positions[hash] - base;
            int foundValue = values[hash];
            positions[hash] = base + at;
            values[hash] = value;
            if (at - candidate > MAX_DISTANCE || value != foundValue) {
                return at;
            }
        }
    }

    private int common(byte[] bytes, int at, int start, int length) {
        int end = Math.min(at + DeflateCodes.MAX_MATCH - MATCHED, length);
        if (start >= 0) {
            return mismatch(bytes, at, end, bytes, start);
        }
        int startBefore = lengthBefore + start;
        if (startBefore < 0) {
            return 0;
        }
        int part = Math.min(end - at, -start);
        int same = mismatch(bytes, at, at + part, before, startBefore);
        return same < part ? same : part + mismatch(bytes, at + part, end, bytes, 0);
    }

    private static int mismatch(byte[] a, int from, int to, byte[] b, int start) {
        int found = Arrays.mismatch(a, from, to, b, start, start + to - from);
        return found < 0 ? to - from : found;
    }

    private static int hash(int value) {
        return (value * MULTIPLIER) >>> (Integer.SIZE - TABLE_BITS);
    }
}
