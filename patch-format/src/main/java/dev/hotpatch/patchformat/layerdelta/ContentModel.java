package dev.hotpatch.patchformat.layerdelta;

import org.jspecify.annotations.Nullable;

/**
 * Codes new content by what it has in common with content that is known already: copied stretches in which some bytes may differ, and
 * inserted ones between them. Encoder and decoder run the same steps. For one thread.
 */
public final class ContentModel {
    private static final int RUN_CONTEXTS = 256;
    /** Inserted stretches of this length may be without any pattern. */
    private static final int RANDOM = 128;

    private final byte[] known;
    private int end;

    private final NumberModel runs = new NumberModel(RUN_CONTEXTS);
    private final NumberModel lengths = new NumberModel(8);
    private final NumberModel jumps = new NumberModel(4);
    private final ByteModel substituted = new ByteModel(18, 16);
    private final ByteModel inserted = new ByteModel(18, 3);
    private final NumberModel random = new NumberModel(1);
    private int lastRun;
    private int runBefore;
    private int lastShift;
    private boolean shifted;

    /**
     * Starts with nothing known.
     *
     * @param capacity bytes that will be known at most
     */
    ContentModel(int capacity) {
        this.known = new byte[capacity];
    }

    int end() {
        return end;
    }

    byte[] known() {
        return known;
    }

    /** Makes content known that both ends have. */
    void append(byte[] content, int offset, int length) {
        System.arraycopy(content, offset, known, end, length);
        end += length;
    }

    /**
     * Codes content of {@code length} bytes, which is known afterwards.
     *
     * @param script for an encoder, whose content lies behind {@link #end} already
     * @param from where the first stretch is likely to be copied from
     */
    void code(BitCoder coder, @Nullable Script script, int length, int from) {
        int at = end;
        int stop = end + length;
        int source = from;
        int op = 0;
        int kind = 0;
        while (at < stop) {
            int copy = lengths.code(coder, script == null ? 0 : script.copy(op), kind);
            if (copy < 0 || copy > stop - at) {
                throw new IllegalArgumentException("a copied stretch is longer than what is left");
            }
            if (copy > 0) {
                int jump = script == null ? 0 : script.source(op) - source;
                int coded = jumps.code(coder, (jump << 1) ^ (jump >> 31), kind);
                source += (coded >>> 1) ^ -(coded & 1);
                if (source < 0 || source >= at) {
                    throw new IllegalArgumentException("a copied stretch starts outside of what is known");
                }
                copied(coder, script == null, at, source, copy);
                at += copy;
                source += copy;
            }
            if (at == stop) {
                break;
            }
            int insert = lengths.code(coder, script == null ? 0 : script.insert(op), 4 + (copy == 0 ? 1 : 0));
            if (insert < 0 || insert > stop - at || (insert == 0 && copy == 0)) {
                throw new IllegalArgumentException("an inserted stretch of " + insert + " bytes does not fit");
            }
            inserted(coder, script == null, at, insert);
            at += insert;
            kind = insert == 0 ? 1 : 2;
            op++;
        }
        end = stop;
    }

    private void copied(BitCoder coder, boolean decoding, int at, int source, int length) {
        int done = 0;
        while (true) {
            int run = 0;
            if (!decoding) {
                while (done + run < length && known[at + done + run] == known[source + done + run]) {
                    run++;
                }
            }
            int coded = runs.code(coder, run, bucket(lastRun) * 16 + bucket(runBefore));
            if (coded < 0 || coded > length - done) {
                throw new IllegalArgumentException("a run is longer than its stretch");
            }
            if (decoding) {
                for (int i = 0; i < coded; i++) {
                    known[at + done + i] = known[source + done + i];
                }
            }
            done += coded;
            runBefore = lastRun;
            lastRun = coded;
            if (done == length) {
                return;
            }
            substitute(coder, at + done, source + done);
            done++;
        }
    }

    private static int bucket(int run) {
        if (run < 8) {
            return run;
        }
        return Math.min(15, 5 + 32 - Integer.numberOfLeadingZeros(run >>> 2));
    }

    private void substitute(BitCoder coder, int at, int source) {
        int old = known[source] & 0xff;
        int oldNext = source + 1 < at ? known[source + 1] & 0xff : 0;
        int oldBefore = source > 0 ? known[source - 1] & 0xff : 0;
        int before = at > 0 ? known[at - 1] & 0xff : 0;
        int before2 = at > 1 ? known[at - 2] & 0xff : 0;
        int before3 = at > 2 ? known[at - 3] & 0xff : 0;
        int guess = (old + lastShift) & 0xff;
        substituted.context(0, (1 << 16) | (guess << 1) | (shifted ? 1 : 0));
        substituted.context(1, (2 << 24) | (before << 8) | old);
        substituted.context(2, ((4 << 24) | (before << 8) | before2) * 31 + before3);
        substituted.context(3, ((5 << 24) | (old << 8) | oldBefore) * 31 + lastShift);
        substituted.context(4, ((6 << 24) | (old << 8) | oldNext) * 31 + before);
        substituted.context(5, ((7 << 24) | (bucket(lastRun) << 8) | bucket(runBefore)) * 257 + lastShift);
        int value = substituted.code(coder, known[at] & 0xff, bucket(lastRun));
        known[at] = (byte) value;
        int shift = (value - old) & 0xff;
        shifted = shift == lastShift;
        lastShift = shift;
    }

    private void inserted(BitCoder coder, boolean decoding, int at, int length) {
        if (length >= RANDOM) {
            int isRandom = random.code(coder, decoding || !isRandom(at, length) ? 0 : 1, 0);
            if (isRandom > 1) {
                throw new IllegalArgumentException("an inserted stretch is told in a way " + isRandom);
            }
            if (isRandom == 1) {
                for (int i = at; i < at + length; i++) {
                    known[i] = (byte) coder.octet(known[i] & 0xff);
                }
                return;
            }
        }
        for (int i = 0; i < length; i++) {
            insert(coder, at + i, i);
        }
    }

    /** Whether two bytes of a stretch are hardly more often the same than by chance: what is compressed already is no work for a model. */
    private boolean isRandom(int at, int length) {
        int[] counts = new int[256];
        for (int i = at; i < at + length; i++) {
            counts[known[i] & 0xff]++;
        }
        long pairs = 0;
        for (int count : counts) {
            pairs += count * (count - 1L);
        }
        return pairs * 256 * 4 < (long) length * length * 5;
    }

    private void insert(BitCoder coder, int at, int number) {
        int before = at > 0 ? known[at - 1] & 0xff : 0;
        int before2 = at > 1 ? known[at - 2] & 0xff : 0;
        int before3 = at > 2 ? known[at - 3] & 0xff : 0;
        int before4 = at > 3 ? known[at - 4] & 0xff : 0;
        int before5 = at > 4 ? known[at - 5] & 0xff : 0;
        int two = (before << 8) | before2;
        int three = (two << 8) | before3;
        inserted.context(0, 0);
        inserted.context(1, (1 << 16) | before);
        inserted.context(2, (2 << 24) | two);
        inserted.context(3, (3 << 24) + three * 7);
        inserted.context(4, (three * 0x2F0B4C47 + before4) * 0x2545F491 + 4);
        inserted.context(5, ((three * 0x2F0B4C47 + before4) * 0x2545F491 + before5) * 0x1B873593 + 5);
        int value = inserted.code(coder, known[at] & 0xff, Math.min(number, 2));
        known[at] = (byte) value;
    }

    /** What an encoder found: stretches to copy, each followed by bytes to insert. */
    public interface Script {
        int copy(int op);

        int source(int op);

        int insert(int op);
    }
}
