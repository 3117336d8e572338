package dev.hotpatch.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The times of one kind, in microseconds. For one thread. */
final class Samples {
    private final List<Long> micros = new ArrayList<>();

    void add(long time) {
        micros.add(time);
    }

    /** The middle one in microseconds; of an even number, the mean of the two middle ones. */
    double median() {
        if (micros.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        List<Long> sorted = micros.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
    }

    /** The median in milliseconds. */
    String millis() {
        return millis(median());
    }

    /** The median and, in brackets, the smallest and the largest, in milliseconds. */
    String spread() {
        long least = micros.stream().mapToLong(Long::longValue).min().orElse(0);
        long most = micros.stream().mapToLong(Long::longValue).max().orElse(0);
        return millis() + " (" + millis((double) least) + " – " + millis((double) most) + ")";
    }

    static String millis(double micros) {
        double millis = micros / 1000;
        return String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%.0f", millis);
    }
}
