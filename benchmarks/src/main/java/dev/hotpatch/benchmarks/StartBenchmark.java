package dev.hotpatch.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long the command takes to start, by itself and as a share of verbs that do something. */
final class StartBenchmark {
    private static final int CANNOT_GO_LIVE = 6;

    private final Releases releases;
    private final Path command;
    private final int runs;

    StartBenchmark(Releases releases, Path command, int runs) {
        this.releases = releases;
        this.command = command;
        this.runs = runs;
    }

    void run(PrintStream out, Path temporary) throws IOException, InterruptedException {
        Shell shell = new Shell(temporary.resolve("start.log"));
        Path bare = Files.copy(command, temporary.resolve("hotpatch"));
        if (!bare.toFile().setExecutable(true)) {
            throw new IOException(bare + " cannot be made executable");
        }
        Table table = new Table(
                out,
                "Whole process, medians of " + runs + ", ms",
                List.of("command", "with class-data archive", "without", "start's share"));
        double start = row(table, shell, bare, List.of("--version"), 0);
        row(table, shell, bare, build(releases.activeMqClient("5.16.6"), releases.activeMqClient("5.16.7")), start);
        row(table, shell, bare, explain(releases.guava(GuavaPatch.BASE), releases.guava(GuavaPatch.TARGET)), start);
    }

    private static List<String> build(Path base, Path target) {
        return List.of("build", base.toString(), target.toString(), "--dry-run");
    }

    private static List<String> explain(Path base, Path target) {
        return List.of("explain", base.toString(), target.toString());
    }

    private double row(Table table, Shell shell, Path bare, List<String> arguments, double start)
            throws IOException, InterruptedException {
        Samples with = new Samples();
        Samples without = new Samples();
        // In turns, so that what else the machine does falls on both.
        for (int run = 0; run < runs; run++) {
            with.add(shell.run(words(command, arguments), Map.of(), 0, CANNOT_GO_LIVE));
            without.add(shell.run(words(bare, arguments), Map.of(), 0, CANNOT_GO_LIVE));
        }
        String shown = arguments.get(0)
                + (arguments.size() > 1
                        ? " " + Path.of(arguments.get(1)).getFileName() + " "
                                + Path.of(arguments.get(2)).getFileName()
                        : "");
        table.row(List.of(
                shown,
                with.spread(),
                without.spread(),
                start == 0 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * start / with.median())));
        return with.median();
    }

    private static List<String> words(Path command, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(command.toString()));
        words.addAll(arguments);
        return words;
    }
}
