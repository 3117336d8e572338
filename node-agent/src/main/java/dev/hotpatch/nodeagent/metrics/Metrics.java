package dev.hotpatch.nodeagent.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters, gauges and histograms of seconds (Prometheus text exposition format 0.0.4). A name is used for one kind only. For
 * any number of threads.
 */
public final class Metrics {
    /** Upper bounds in seconds, around the 300 ms that a patch may take. */
    private static final double[] BUCKETS = {0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10};

    private static final int MAX_SERIES = 10_000;

    private final Map<String, String> help = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, LongAdder>> counters = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, Long>> gauges = new ConcurrentSkipListMap<>();
    private final Map<String, Histogram> histograms = new ConcurrentSkipListMap<>();

    private static final class Histogram {
        private final long[] counts = new long[BUCKETS.length];
        private long count;
        private double sum;

        synchronized void add(double seconds) {
            for (int i = 0; i < BUCKETS.length; i++) {
                if (seconds <= BUCKETS[i]) {
                    counts[i]++;
                }
            }
            count++;
            sum += seconds;
        }

        synchronized void render(String name, StringBuilder out) {
            for (int i = 0; i < BUCKETS.length; i++) {
                line(out, name + "_bucket", "{le=\"" + BUCKETS[i] + "\"}", counts[i]);
            }
            line(out, name + "_bucket", "{le=\"+Inf\"}", count);
            out.append(name).append("_sum ").append(sum).append('\n');
            line(out, name + "_count", "", count);
        }
    }

    /** What a name means; shown with it. */
    public void describe(String name, String text) {
        help.put(name, text.replace("\n", " "));
    }

    /** Adds one to a counter; {@code labels} are pairs of name and value. */
    public void count(String name, String... labels) {
        add(name, 1, labels);
    }

    /** Adds an amount, 0 or more, to a counter; {@code labels} are pairs of name and value. */
    public void add(String name, long amount, String... labels) {
        Map<String, LongAdder> series = counters.computeIfAbsent(name, n -> new ConcurrentSkipListMap<>());
        if (series.size() < MAX_SERIES) {
            series.computeIfAbsent(labels(labels), l -> new LongAdder()).add(amount);
        }
    }

    /** Replaces all values of a gauge that has one label. */
    public void gauge(String name, String label, Map<String, Long> values) {
        Map<String, Long> series = new TreeMap<>();
        values.forEach((value, number) -> series.put(labels(label, value), number));
        gauges.put(name, series);
    }

    /** Adds one measurement to a histogram. */
    public void observe(String name, double seconds) {
        histograms.computeIfAbsent(name, n -> new Histogram()).add(seconds);
    }

    /** All of it as text. */
    public String render() {
        StringBuilder out = new StringBuilder();
        counters.forEach((name, series) -> {
            head(out, name, "counter");
            series.forEach((labels, value) -> line(out, name, labels, value.sum()));
        });
        gauges.forEach((name, series) -> {
            head(out, name, "gauge");
            series.forEach((labels, value) -> line(out, name, labels, value));
        });
        histograms.forEach((name, histogram) -> {
            head(out, name, "histogram");
            histogram.render(name, out);
        });
        return out.toString();
    }

    private void head(StringBuilder out, String name, String kind) {
        String text = help.get(name);
        if (text != null) {
            out.append("# HELP ").append(name).append(' ').append(text).append('\n');
        }
        out.append("# TYPE ").append(name).append(' ').append(kind).append('\n');
    }

    private static void line(StringBuilder out, String name, String labels, long value) {
        out.append(name).append(labels).append(' ').append(value).append('\n');
    }

    private static String labels(String... pairs) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            String value =
                    pairs[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            out.append(i == 0 ? "{" : ",")
                    .append(pairs[i])
                    .append("=\"")
                    .append(value)
                    .append('"');
        }
        return out.append(pairs.length > 1 ? "}" : "").toString();
    }
}
