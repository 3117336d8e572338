package dev.hotpatch.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Time and memory of building patches of large libraries, compiler and all, as a process of its own. */
final class BuildBenchmark {
    private static final String OLD_PROVIDER = "1.77";
    private static final String NEW_PROVIDER = "1.78";

    private final Releases releases;
    private final Path command;
    private final int runs;

    BuildBenchmark(Releases releases, Path command, int runs) {
        this.releases = releases;
        this.command = command;
        this.runs = runs;
    }

    void run(PrintStream out, Path temporary) throws IOException, InterruptedException {
        Table table = new Table(
                out,
                "hotpatch build, heap of 512 MB, medians of " + runs,
                List.of("release", "trial", "time, ms (min – max)", "processor time, ms", "peak resident memory, MB"));
        // Of guava something is blocked, so that nothing is tried.
        row(table, temporary, releases.guava(GuavaPatch.BASE), releases.guava(GuavaPatch.TARGET), false);
        for (boolean trial : new boolean[] {false, true}) {
            row(table, temporary, releases.bouncyCastle(OLD_PROVIDER), releases.bouncyCastle(NEW_PROVIDER), trial);
        }
    }

    private void row(Table table, Path temporary, Path base, Path target, boolean trial)
            throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of(command.toString(), "build", base.toString(), target.toString(), "--dry-run"));
        if (!trial) {
            arguments.add("--no-check");
        }
        Footprint footprint = Footprint.of(arguments, runs, temporary.resolve("build.log"));
        table.row(List.of(
                base.getFileName() + " → " + target.getFileName(),
                trial ? "yes" : "no",
                footprint.time().spread(),
                footprint.processor().spread(),
                footprint.megabytes()));
    }
}
