package dev.hotpatch.differ.companion;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * What every field companion begins with: a table of its own instances, one for each object that has a value. The generated part adds the
 * field {@code value} and the methods that read and write it. Runs in the patched program, on Java 8 and later; so no annotations,
 * lambdas, nested classes and joined strings here.
 *
 * <p>The table is in segments with open addressing. Whoever looks for a node takes no lock: a node never changes its slot,
 * and a segment that grows is copied, so that a reader who is still in the old one sees everything that was there when it began. Nodes
 * are added and taken out under the lock of their segment. Slots are plain: writing {@code fence} before a slot makes what it leads to
 * visible first, writing it after makes the slot visible to all who read {@code fence} later, as every search does. That is half the
 * price of slots that are volatile themselves.
 */
@SuppressWarnings("NullAway") // An annotation for what may be null would stay in the generated class.
final class FieldTemplate extends WeakReference<Object> {
    private static final int SEGMENTS = 16;
    private static final int SEGMENT_BITS = 4;
    private static final int LEAST_SLOTS = 16;
    /** How many dead nodes one call takes out at most, so that no caller pays for the garbage of all others at once. */
    private static final int EXPUNGED_AT_ONCE = 512;

    private static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();
    /** Stands where a node was, so that those behind it are still found. */
    private static final FieldTemplate GONE = new FieldTemplate(null, -1);
    /** Also the lock of each segment's changes: the counter of nodes at 0, of slots that are not empty at 1. */
    private static final int[][] COUNTS = new int[SEGMENTS][2];

    private static final FieldTemplate[][] TABLES = new FieldTemplate[SEGMENTS][];

    private static volatile int fence;

    static {
        hotpatchDrop();
    }

    private final int hash;

    FieldTemplate(Object object) {
        this(object, System.identityHashCode(object));
    }

    private FieldTemplate(Object object, int hash) {
        super(object, QUEUE);
        this.hash = hash;
    }

    /** The node of an object, or null. Never blocks. */
    static FieldTemplate find(Object object) {
        int hash = System.identityHashCode(object);
        // Only for its order: nothing below is read before it.
        int unused = fence;
        FieldTemplate[] table = TABLES[hash & (SEGMENTS - 1)];
        int mask = table.length - 1;
        for (int slot = (hash >>> SEGMENT_BITS) & mask; ; slot = (slot + 1) & mask) {
            FieldTemplate node = table[slot];
            if (node == null) {
                return null;
            }
            if (node.hash == hash && node.get() == object) {
                return node;
            }
        }
    }

    /** Adds a node, whose value is set; where the object has got one meanwhile, adds nothing and returns that one, otherwise null. */
    static FieldTemplate add(Object object, FieldTemplate fresh) {
        expunge();
        int hash = fresh.hash;
        int segment = hash & (SEGMENTS - 1);
        int[] counts = COUNTS[segment];
        synchronized (counts) {
            FieldTemplate[] table = TABLES[segment];
            // A third at least stays empty: every search ends, and soon.
            if ((counts[1] + 1) * 3L > table.length * 2L) {
                table = rebuild(segment);
            }
            int mask = table.length - 1;
            int free = -1;
            int slot = (hash >>> SEGMENT_BITS) & mask;
            for (FieldTemplate node = table[slot]; node != null; node = table[slot]) {
                if (node.hash == hash && node.get() == object) {
                    return node;
                }
                if (node == GONE && free < 0) {
                    free = slot;
                }
                slot = (slot + 1) & mask;
            }
            if (free < 0) {
                free = slot;
                counts[1]++;
            }
            counts[0]++;
            write(table, free, fresh);
            return null;
        }
    }

    /** Takes out nodes whose objects are gone; their values go with them. */
    static void expunge() {
        for (int i = 0; i < EXPUNGED_AT_ONCE; i++) {
            Reference<?> dead = QUEUE.poll();
            if (dead == null) {
                return;
            }
            remove((FieldTemplate) dead);
        }
    }

    private static void remove(FieldTemplate dead) {
        int segment = dead.hash & (SEGMENTS - 1);
        int[] counts = COUNTS[segment];
        synchronized (counts) {
            FieldTemplate[] table = TABLES[segment];
            int mask = table.length - 1;
            int slot = (dead.hash >>> SEGMENT_BITS) & mask;
            for (FieldTemplate node = table[slot]; node != null; node = table[slot]) {
                if (node == dead) {
                    write(table, slot, GONE);
                    counts[0]--;
                    if (table.length > LEAST_SLOTS && counts[0] * 12L < table.length) {
                        rebuild(segment);
                    }
                    return;
                }
                slot = (slot + 1) & mask;
            }
        }
    }

    /** Copies a segment, with its lock held, into a table that fits: a third full at most. */
    private static FieldTemplate[] rebuild(int segment) {
        int[] counts = COUNTS[segment];
        FieldTemplate[] old = TABLES[segment];
        int living = 0;
        for (int i = 0; i < old.length; i++) {
            FieldTemplate node = old[i];
            if (node != null && node != GONE && node.get() != null) {
                living++;
            }
        }
        int slots = LEAST_SLOTS;
        // Room for the node that is to be added, too.
        while (slots < (living + 1) * 3L && slots < 1 << 30) {
            slots <<= 1;
        }
        FieldTemplate[] table = new FieldTemplate[slots];
        int mask = slots - 1;
        int kept = 0;
        for (int i = 0; i < old.length; i++) {
            FieldTemplate node = old[i];
            if (node != null && node != GONE && node.get() != null) {
                int slot = (node.hash >>> SEGMENT_BITS) & mask;
                while (table[slot] != null) {
                    slot = (slot + 1) & mask;
                }
                table[slot] = node;
                kept++;
            }
        }
        counts[0] = kept;
        counts[1] = kept;
        publish(segment, table);
        return table;
    }

    private static void write(FieldTemplate[] table, int slot, FieldTemplate node) {
        fence = 0;
        table[slot] = node;
        fence = 0;
    }

    private static void publish(int segment, FieldTemplate[] table) {
        fence = 0;
        TABLES[segment] = table;
        fence = 0;
    }

    /** Forgets all values: every object is again as if it had none. */
    public static void hotpatchDrop() {
        for (int segment = 0; segment < SEGMENTS; segment++) {
            int[] counts = COUNTS[segment];
            synchronized (counts) {
                counts[0] = 0;
                counts[1] = 0;
                publish(segment, new FieldTemplate[LEAST_SLOTS]);
            }
        }
    }
}
