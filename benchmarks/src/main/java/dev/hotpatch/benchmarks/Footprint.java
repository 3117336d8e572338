package dev.hotpatch.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command needs.
 *
 * @param time of the whole process, in microseconds
 * @param processor time that it ran on all processors together, in microseconds
 * @param peak its largest resident set, in KiB
 */
record Footprint(Samples time, Samples processor, Samples peak) {
    private static final int CANNOT_GO_LIVE = 6;
    private static final Pattern PEAK = Pattern.compile("Maximum resident set size \\(kbytes\\): (\\d+)");
    private static final Pattern SECONDS = Pattern.compile("(?:User|System) time \\(seconds\\): ([0-9.]+)");

    /** Runs it {@code runs} times, each in a process of its own; the command of hotpatch with a heap of 512 MB. */
    static Footprint of(List<String> command, int runs, Path log) throws IOException, InterruptedException {
        return of(command, 512, runs, log);
    }

    /**
     * The same with another heap.
     *
     * @param heap its limit, in MB
     */
    static Footprint of(List<String> command, int heap, int runs, Path log) throws IOException, InterruptedException {
        List<String> timed = new ArrayList<>(List.of("/usr/bin/time", "-v"));
        timed.addAll(command);
        Footprint footprint = new Footprint(new Samples(), new Samples(), new Samples());
        for (int run = 0; run < runs; run++) {
            Map<String, String> environment = Map.of("HOTPATCH_JAVA_OPTS", "-Xmx" + heap + "m");
            footprint.time.add(new Shell(log).run(timed, environment, 0, CANNOT_GO_LIVE));
            String printed = Files.readString(log);
            Matcher peak = PEAK.matcher(printed);
            if (!peak.find()) {
                throw new IOException("no peak in what /usr/bin/time printed: " + printed);
            }
            footprint.peak.add(Long.parseLong(peak.group(1)));
            double seconds = SECONDS.matcher(printed)
                    .results()
                    .mapToDouble(found -> Double.parseDouble(found.group(1)))
                    .sum();
            footprint.processor.add(Math.round(seconds * 1_000_000));
        }
        return footprint;
    }

    String megabytes() {
        return String.format(Locale.ROOT, "%.0f", peak.median() / 1024);
    }
}
