package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.patchformat.layerdelta.ContentModel;
import dev.hotpatch.patchformat.layerdelta.ItemCoder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds stretches of new content in what is known. As in bsdiff, a stretch goes on over bytes that differ while most are equal; unlike there,
 * places are found by hashes of six bytes, and only where the stretch at hand does not go on. For one thread.
 */
final class StretchFinder implements ItemCoder.Finder {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SHORTEST = 6;
    private static final int GOOD = 32;
    private static final int RUN = 16;
    private static final int TRIES = 12;
    private static final int HASH_BITS = 20;

    private final byte[] known;
    private final int[] heads;
    private final int[] before;
    private final int bits;
    private int foundAt;

    StretchFinder(byte[] known) {
        this.known = known;
        this.bits = Math.max(8, Math.min(HASH_BITS, 32 - Integer.numberOfLeadingZeros(known.length)));
        this.heads = new int[1 << bits];
        Arrays.fill(heads, -1);
        this.before = new int[known.length];
    }

    @Override
    public void known(int from, int to) {
        for (int i = from; i + Long.BYTES <= to; i++) {
            enter(i);
        }
    }

    private void enter(int at) {
        int hash = hash(at);
        before[at] = heads[hash];
        heads[hash] = at;
    }

    private int hash(int at) {
        long six = (long) EIGHT.get(known, at) << 16;
        return (int) ((six * 0x9E3779B97F4A7C15L) >>> (64 - bits));
    }

    @Override
    public Stretches find(int start, int stop, int likely) {
        Stretches found = new Stretches();
        boolean going = likely >= 0;
        int begin = start;
        int source = Math.max(likely, 0);
        int at = start;
        while (at < stop) {
            Place next = next(at, stop, going, begin, source);
            int end = Math.min(next.at, stop);
            int forward = going ? forward(begin, source, end - begin) : 0;
            int back = next.length > 0 ? backward(next, begin) : 0;
            if (begin + forward > end - back) {
                int overlap = begin + forward - (end - back);
                int first = split(begin + forward - overlap, source + forward - overlap, next, end - back, overlap);
                forward += first - overlap;
                back -= first;
            }
            int insert = end - back - begin - forward;
            if (forward > 0 || insert > 0) {
                found.add(forward, source, insert);
            }
            if (next.length == 0) {
                return found;
            }
            begin = end - back;
            source = next.source - back;
            going = true;
            at = end + next.length;
            if (at >= stop) {
                found.add(stop - begin, source, 0);
            }
        }
        return found;
    }

    /** @param length 0 if there is none */
    private record Place(int at, int source, int length) {}

    /** Where a stretch begins that is better than the one at hand. */
    private Place next(int from, int stop, boolean going, int begin, int source) {
        int at = from;
        int shift = source - begin;
        int misses = 0;
        while (at < stop) {
            if (going) {
                int run = equal(at + shift, at, stop - at);
                if (run >= RUN || at + run == stop) {
                    at += run;
                    misses = 0;
                    continue;
                }
            }
            if (at + Long.BYTES > stop) {
                at++;
                continue;
            }
            int length = longest(at, stop, at + shift);
            enter(at);
            if (length == 0) {
                // Content that resembles nothing, such as images, is passed over ever faster.
                misses++;
                at += 1 + (misses >> 7);
                continue;
            }
            int distance = Math.abs(foundAt - at - shift);
            int cost = 2 + (32 - Integer.numberOfLeadingZeros(distance)) / 5;
            if (length > (going ? agreeing(at, shift, length) : 0) + Math.max(SHORTEST, cost + 3)) {
                return new Place(at, foundAt, length);
            }
            at++;
        }
        return new Place(stop, 0, 0);
    }

    private int longest(int at, int stop, int expected) {
        int best = 0;
        int gain = Integer.MIN_VALUE;
        int candidate = heads[hash(at)];
        for (int tries = 0; candidate >= 0 && tries < TRIES; tries++) {
            if (best < GOOD || known[candidate + best] == known[at + best]) {
                int length = equal(candidate, at, stop - at);
                int distance = Math.abs(candidate - expected);
                int worth = length - ((32 - Integer.numberOfLeadingZeros(distance)) >> 2);
                if (length >= SHORTEST && worth > gain) {
                    gain = worth;
                    best = length;
                    foundAt = candidate;
                    if (length >= GOOD || length == stop - at) {
                        break;
                    }
                }
            }
            candidate = before[candidate];
        }
        return best;
    }

    private int equal(int first, int second, int most) {
        int length = 0;
        while (length + Long.BYTES <= most) {
            long differing = (long) EIGHT.get(known, first + length) ^ (long) EIGHT.get(known, second + length);
            if (differing != 0) {
                return length + (Long.numberOfTrailingZeros(differing) >>> 3);
            }
            length += Long.BYTES;
        }
        while (length < most && known[first + length] == known[second + length]) {
            length++;
        }
        return length;
    }

    private int agreeing(int at, int shift, int length) {
        int count = 0;
        for (int i = at; i < at + length; i++) {
            if (known[i + shift] == known[i]) {
                count++;
            }
        }
        return count;
    }

    /** How far a stretch goes on while more than half of its bytes are equal. */
    private int forward(int begin, int source, int most) {
        int best = 0;
        int bestScore = 0;
        int equal = 0;
        int at = 0;
        while (at < most) {
            int run = equal(source + at, begin + at, most - at);
            if (run > 0) {
                equal += run;
                at += run;
                if (2 * equal - at > bestScore) {
                    bestScore = 2 * equal - at;
                    best = at;
                }
            }
            at++;
        }
        return best;
    }

    private int backward(Place place, int begin) {
        int best = 0;
        int bestScore = 0;
        int equal = 0;
        for (int i = 1; place.at - i >= begin && place.source - i >= 0 && i - 2 * equal <= 64; i++) {
            if (known[place.source - i] == known[place.at - i]) {
                equal++;
            }
            if (2 * equal - i > bestScore) {
                bestScore = 2 * equal - i;
                best = i;
            }
        }
        return best;
    }

    /** How much of an overlap goes to the first of two stretches. */
    private int split(int at, int firstSource, Place second, int secondAt, int overlap) {
        int secondSource = second.source - (second.at - secondAt);
        int best = 0;
        int bestScore = 0;
        int score = 0;
        for (int i = 0; i < overlap; i++) {
            if (known[at + i] == known[firstSource + i]) {
                score++;
            }
            if (known[secondAt + i] == known[secondSource + i]) {
                score--;
            }
            if (score > bestScore) {
                bestScore = score;
                best = i + 1;
            }
        }
        return best;
    }

    /** A script that grows. */
    static final class Stretches implements ContentModel.Script {
        private int[] numbers = new int[48];
        private int size;

        void add(int copy, int source, int insert) {
            if (size + 3 > numbers.length) {
                numbers = Arrays.copyOf(numbers, numbers.length * 2);
            }
            numbers[size++] = copy;
            numbers[size++] = source;
            numbers[size++] = insert;
        }

        @Override
        public int copy(int op) {
            return numbers[3 * op];
        }

        @Override
        public int source(int op) {
            return numbers[3 * op + 1];
        }

        @Override
        public int insert(int op) {
            return numbers[3 * op + 2];
        }
    }
}
