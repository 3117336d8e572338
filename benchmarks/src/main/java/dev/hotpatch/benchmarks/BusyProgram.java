package dev.hotpatch.benchmarks;

import com.google.common.base.CharMatcher;
import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Ordering;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The program that is patched while it works: one thread runs guava's code without a break and notes the longest time between
 * two rounds. Arguments: names of classes to load. It answers "mark" by forgetting that time, and "gap" by telling it in microseconds.
 */
public final class BusyProgram {
    /** Some of the classes that change from one release to the other and that a round runs through. */
    static final List<String> USED = List.of(
            "com/google/common/collect/HashMultimap",
            "com/google/common/collect/AbstractMapBasedMultimap",
            "com/google/common/collect/ImmutableMap",
            "com/google/common/collect/RegularImmutableMap",
            "com/google/common/base/Splitter",
            "com/google/common/base/Joiner",
            "com/google/common/base/CharMatcher");

    private static final long WARM_UP_NANOS = 2_000_000_000L;

    private static volatile boolean forget;
    private static volatile long longest;
    private static volatile long rounds;

    private BusyProgram() {}

    public static void main(String[] names) throws IOException, ClassNotFoundException {
        for (String name : names) {
            Class.forName(name, false, BusyProgram.class.getClassLoader());
        }
        Thread worker = new Thread(BusyProgram::work, "busy");
        worker.setDaemon(true);
        worker.start();
        long end = System.nanoTime() + WARM_UP_NANOS;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("mark")) {
                forget = true;
                while (forget) {
                    Thread.onSpinWait();
                }
                System.out.println("marked");
            } else {
                // What a pause that is still going on comes to is known only when it is over.
                long before = rounds;
                while (rounds < before + 2) {
                    Thread.onSpinWait();
                }
                System.out.println("gap " + longest / 1000);
            }
        }
    }

    private static void work() {
        int seed = 0;
        long last = System.nanoTime();
        long gap = 0;
        for (long round = 0; ; round++) {
            seed = useGuava(seed);
            long now = System.nanoTime();
            gap = forget ? 0 : Math.max(gap, now - last);
            forget = false;
            last = now;
            longest = gap;
            rounds = round;
        }
    }

    private static int useGuava(int seed) {
        HashMultimap<Integer, String> words = HashMultimap.create();
        String text = Joiner.on(',').join(List.of(seed, seed + 1, seed + 2, "a b", "c"));
        for (String word : Splitter.on(',').trimResults().omitEmptyStrings().split(text)) {
            words.put(word.length(), CharMatcher.whitespace().removeFrom(word));
        }
        ImmutableMap<Integer, Integer> sizes = ImmutableMap.of(1, words.get(1).size(), 2, words.size());
        ImmutableSortedSet<String> sorted = ImmutableSortedSet.copyOf(Ordering.natural(), words.values());
        return (seed + sizes.hashCode() + sorted.first().hashCode()) & 0xffff;
    }
}
