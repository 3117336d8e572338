package dev.hotpatch.benchmarks;

import dev.hotpatch.testdata.image.BaseImage;
import dev.hotpatch.testdata.image.JibImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time and memory of the comparison of two large images with a heap of 512 MB. */
final class MemoryBenchmark {
    private static final String OLD = "2.23.16";
    private static final String NEW = "2.23.18";
    private static final int CANNOT_GO_LIVE = 6;
    private static final Pattern PEAK = Pattern.compile("Maximum resident set size \\(kbytes\\): (\\d+)");

    private final Releases releases;
    private final Path command;
    private final int runs;

    MemoryBenchmark(Releases releases, Path command, int runs) {
        this.releases = releases;
        this.command = command;
        this.runs = runs;
    }

    void run(PrintStream out, Path temporary) throws IOException, InterruptedException {
        Path base = image(OLD, temporary);
        Path target = image(NEW, temporary);
        Table table = new Table(
                out,
                "zipkin-server " + OLD + " → " + NEW + " in images, heap of 512 MB, medians of " + runs,
                List.of("command", "time, ms (min – max)", "peak resident memory, MB"));
        for (String verb : List.of("explain", "build")) {
            Samples time = new Samples();
            Samples peak = new Samples();
            for (int run = 0; run < runs; run++) {
                Path log = temporary.resolve("memory.log");
                time.add(new Shell(log)
                        .run(
                                List.of(
                                        "/usr/bin/time",
                                        "-v",
                                        command.toString(),
                                        verb,
                                        "oci-archive:" + base,
                                        "oci-archive:" + target),
                                Map.of("HOTPATCH_JAVA_OPTS", "-Xmx512m"),
                                0,
                                CANNOT_GO_LIVE));
                Matcher found = PEAK.matcher(Files.readString(log));
                if (!found.find()) {
                    throw new IOException("no peak in what /usr/bin/time printed: " + Files.readString(log));
                }
                peak.add(Long.parseLong(found.group(1)));
            }
            table.row(List.of(verb, time.spread(), String.format(Locale.ROOT, "%.0f", peak.median() / 1024)));
        }
    }

    private Path image(String version, Path temporary) throws IOException, InterruptedException {
        Path archive = temporary.resolve("zipkin-" + version + ".tar");
        JibImage.ofExecutableJar(releases.zipkin(version), BaseImage.prepare(releases.cache()), releases.cache())
                .writeOciArchive(archive, "example.org/zipkin:" + version);
        return archive;
    }
}
