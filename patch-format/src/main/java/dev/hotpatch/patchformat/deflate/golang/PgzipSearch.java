package dev.hotpatch.patchformat.deflate.golang;

import dev.hotpatch.patchformat.deflate.encoder.DeflateCodes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Level 5 of klauspost's flate: matches by a table of the last position of each hash of four bytes, and one of the last two positions of
 * each hash of seven.
 */
final class PgzipSearch {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int TABLE_BITS = 15;
    private static final int SHORT_MULTIPLIER = 0x9e3779b1;
    private static final long LONG_MULTIPLIER = 58295818150454627L;
    private static final int REACH = 1 << 15;
    /** Nothing begins a match that is nearer to the end. */
    private static final int MARGIN = 11;

    private static final int MATCHED = 4;
    /** Below this length a match that ends later is looked for, which may differ in so many bytes at its beginning. */
    private static final int IMPROVABLE = 30;

    private static final int SKIPPED = 2;
    private static final int REBASE_AT = 1 << 30;

    private final int[] shortTable = new int[1 << TABLE_BITS];
    private final int[] longTable = new int[1 << TABLE_BITS];
    private final int[] longBefore = new int[1 << TABLE_BITS];
    private final byte[] bytes = new byte[5 * Blocks.MAX_STORED];
    private int end;
    /** The position of the first byte there is; all positions in the tables at first are too far away. */
    private int base = Blocks.MAX_STORED;

    /** A match that was found: where, where it is repeated from, and how long it is, 0 if that is not known yet. */
    private int at;

    private int start;
    private int length;
    /** The position that would have been tried next. */
    private int next;

    /** Forgets everything. */
    void reset() {
        base += REACH + end;
        end = 0;
        if (base >= REBASE_AT) {
            Arrays.fill(shortTable, 0);
            Arrays.fill(longTable, 0);
            Arrays.fill(longBefore, 0);
            base = Blocks.MAX_STORED;
        }
    }

    /** Adds tokens for more content, none if there is no match at all. */
    void encode(byte[] content, int from, int count, Tokens tokens) {
        if (end + count > bytes.length) {
            int moved = end - REACH;
            System.arraycopy(bytes, moved, bytes, 0, REACH);
            base += moved;
            end = REACH;
        }
        System.arraycopy(content, from, bytes, end, count);
        int written = end;
        end += count;
        if (count <= MARGIN + 1) {
            return;
        }
        int limit = end - MARGIN;
        int position = written;
        long value = (long) LONG.get(bytes, position);
        while (find(position, value, written, limit)) {
            improve(limit);
            while (start > 0 && at > written && bytes[start - 1] == bytes[at - 1]) {
                at--;
                start--;
                length++;
            }
            tokens.literals(bytes, written, at);
            tokens.longMatch(at - start, length);
            written = at + length;
            position = Math.max(written, next + 1);
            if (position >= limit) {
                break;
            }
            enterWithin(position - length + 1, position - 1);
            value = (long) LONG.get(bytes, position - 1);
            enterShort(value, position - 1);
            enterLong(value, position - 1);
            value >>>= Byte.SIZE;
        }
        if (tokens.count > 0) {
            tokens.literals(bytes, written, end);
        }
    }

    /** Goes on until four bytes match; the longer nothing does, the fewer positions are tried. */
    private boolean find(int from, long firstValue, int written, int limit) {
        long value = firstValue;
        next = from;
        while (true) {
            at = next;
            next = at + 1 + ((at - written) >> 6);
            if (next > limit) {
                return false;
            }
            int shortHash = shortHash(value);
            int longHash = longHash(value);
            int shortCandidate = shortTable[shortHash] - base;
            int longCandidate = longTable[longHash] - base;
            int longCandidateBefore = longBefore[longHash] - base;
            enterShort(value, at);
            enterLong(value, at);
            long nextValue = (long) LONG.get(bytes, next);
            length = 0;
            if (matches(longCandidate, at, value)) {
                start = longCandidate;
                if (matches(longCandidateBefore, at, value)) {
                    length = matchLength(at, longCandidate);
                    takeIfLonger(at, longCandidateBefore);
                }
                enterNext(nextValue);
                return true;
            }
            // Positions are not entered in order, so the one before may be the nearer one: then it is not taken if the
            // other is too far.
            if (at - longCandidate < REACH && matches(longCandidateBefore, at, value)) {
                start = longCandidateBefore;
                enterNext(nextValue);
                return true;
            }
            if (matches(shortCandidate, at, value)) {
                start = shortCandidate;
                length = matchLength(at, start);
                tryNext(nextValue);
                return true;
            }
            value = nextValue;
        }
    }

    /** Looks for a longer match at the next position, and enters that. */
    private void tryNext(long nextValue) {
        int hash = longHash(nextValue);
        int candidate = longTable[hash] - base;
        int candidateBefore = longBefore[hash] - base;
        enterNext(nextValue);
        boolean taken = matches(candidate, next, nextValue) && takeIfLonger(next, candidate);
        if (!taken && next - candidate < REACH && matches(candidateBefore, next, nextValue)) {
            takeIfLonger(next, candidateBefore);
        }
    }

    private void enterNext(long nextValue) {
        enterShort(nextValue, next);
        enterLong(nextValue, next);
    }

    private boolean matches(int candidate, int position, long value) {
        return position - candidate < REACH && (int) INT.get(bytes, candidate) == (int) value;
    }

    private boolean takeIfLonger(int position, int candidate) {
        int found = matchLength(position, candidate);
        if (found <= length) {
            return false;
        }
        at = position;
        start = candidate;
        length = found;
        return true;
    }

    /** Finds out how long the match is, and whether there is one that ends later. */
    private void improve(int limit) {
        if (length == 0) {
            length = MATCHED + common(at + MATCHED, start + MATCHED, end);
        } else if (length == DeflateCodes.MAX_MATCH) {
            length += common(at + length, start + length, end);
        }
        int after = at + length;
        if (length >= IMPROVABLE || after >= limit) {
            return;
        }
        int other = longTable[longHash((long) LONG.get(bytes, after))] - base - length + SKIPPED;
        int distance = at + SKIPPED - other;
        if (other >= 0 && distance > 0 && distance < REACH) {
            int found = common(at + SKIPPED, other, end);
            if (found > length) {
                at += SKIPPED;
                start = other;
                length = found;
            }
        }
    }

    /** Enters some of the positions within a match. */
    private void enterWithin(int from, int to) {
        if (from >= to) {
            return;
        }
        long value = (long) LONG.get(bytes, from);
        enterShort(value, from);
        enterLong(value, from);
        enterLong(value >>> Byte.SIZE, from + 1);
        enterShort(value >>> (2 * Byte.SIZE), from + 2);
        for (int i = from + 4; i < to; i += 3) {
            value = (long) LONG.get(bytes, i);
            enterLong(value, i);
            enterShort(value >>> Byte.SIZE, i + 1);
        }
    }

    private void enterShort(long value, int position) {
        shortTable[shortHash(value)] = position + base;
    }

    private void enterLong(long value, int position) {
        int hash = longHash(value);
        longBefore[hash] = longTable[hash];
        longTable[hash] = position + base;
    }

    private int matchLength(int position, int candidate) {
        return MATCHED
                + common(position + MATCHED, candidate + MATCHED, Math.min(end, position + DeflateCodes.MAX_MATCH));
    }

    private int common(int a, int b, int to) {
        int found = Arrays.mismatch(bytes, a, to, bytes, b, b + to - a);
        return found < 0 ? to - a : found;
    }

    private static int shortHash(long value) {
        return ((int) value * SHORT_MULTIPLIER) >>> (Integer.SIZE - TABLE_BITS);
    }

    private static int longHash(long value) {
        return (int) (((value << Byte.SIZE) * LONG_MULTIPLIER) >>> (Long.SIZE - TABLE_BITS));
    }
}
