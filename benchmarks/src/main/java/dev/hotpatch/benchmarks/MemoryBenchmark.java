package dev.hotpatch.benchmarks;

import dev.hotpatch.testdata.image.BaseImage;
import dev.hotpatch.testdata.image.JibImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Time and memory of the comparison of two large images with a heap of 512 MB. */
final class MemoryBenchmark {
    private static final String OLD = "2.23.16";
    private static final String NEW = "2.23.18";

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
            Footprint footprint = Footprint.of(
                    List.of(command.toString(), verb, "oci-archive:" + base, "oci-archive:" + target),
                    runs,
                    temporary.resolve("memory.log"));
            table.row(List.of(verb, footprint.time().spread(), footprint.megabytes()));
        }
    }

    private Path image(String version, Path temporary) throws IOException, InterruptedException {
        Path archive = temporary.resolve("zipkin-" + version + ".tar");
        JibImage.ofExecutableJar(releases.zipkin(version), BaseImage.prepare(releases.cache()), releases.cache())
                .writeOciArchive(archive, "example.org/zipkin:" + version);
        return archive;
    }
}
