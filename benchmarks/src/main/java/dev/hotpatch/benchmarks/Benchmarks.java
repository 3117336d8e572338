package dev.hotpatch.benchmarks;

import dev.hotpatch.testdata.corpus.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures and prints tables in Markdown. Arguments: sections, all but {@code large} and {@code delta} if there is none; or {@code large}
 * alone; or {@code delta} and parts of names of the pairs that are wanted, all if there is none. Runs as root in the root of the project.
 * {@code HOTPATCH_BENCH_RUNS} sets how often everything is measured, {@code HOTPATCH_BENCH_JDKS} in which JDKs patches are applied.
 */
final class Benchmarks {
    private static final List<String> SECTIONS = List.of("start", "apply", "node", "memory", "build", "lift");

    /** Takes hours, so that it is only measured if asked for. */
    private static final String DELTA = "delta";

    /** Takes some ten minutes, and wants JDKs that not everybody has fetched. */
    private static final String LARGE = "large";

    private Benchmarks() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> wanted = arguments.length == 0 ? SECTIONS : Arrays.asList(arguments);
        boolean delta = wanted.get(0).equals(DELTA);
        List<String> pairs = delta ? wanted.subList(1, wanted.size()) : List.of();
        if (!delta && !wanted.equals(List.of(LARGE)) && !SECTIONS.containsAll(wanted)) {
            usage("sections are " + String.join(", ", SECTIONS) + "; or " + LARGE + "; or " + DELTA + " and pairs");
        }
        if (!pairs.stream().allMatch(pair -> DeltaPairs.NAMES.stream().anyMatch(name -> name.contains(pair)))) {
            usage("pairs are " + String.join(", ", DeltaPairs.NAMES) + "; parts of the names will do");
        }
        Path temporary = Files.createTempDirectory("hotpatch-bench");
        try {
            run(delta ? List.of(DELTA) : wanted, pairs, temporary, System.out);
        } finally {
            Folders.delete(temporary);
        }
    }

    private static void usage(String text) {
        System.err.println("benchmarks: " + text);
        System.exit(2);
    }

    private static void run(List<String> wanted, List<String> pairs, Path temporary, PrintStream out)
            throws IOException, InterruptedException {
        Releases releases = Releases.fromEnvironment();
        Path command = Path.of("cli/target/hotpatch").toAbsolutePath();
        Path hookJar = Path.of("jvm-agent/target/hotpatch-jvm-agent.jar").toAbsolutePath();
        out.printf(
                Locale.ROOT,
                "Measured %s, %d processors, load %.1f at the start, JDK %s.%n",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version());
        for (String section : wanted) {
            switch (section) {
                case "start" -> new StartBenchmark(releases, command, runs(11)).run(out, temporary);
                case "apply" -> new ApplyBenchmark(releases, hookJar, javaHomes(), runs(7)).run(out, temporary);
                case "node" -> new NodeBenchmark(releases, command, runs(5)).run(out, temporary);
                case "build" -> new BuildBenchmark(releases, command, runs(5)).run(out, temporary);
                case LARGE -> new LargeBenchmark(releases, command).run(out, temporary);
                case DELTA -> new DeltaBenchmark(releases, runs(1)).run(out, temporary, pairs);
                case "lift" -> new LiftBenchmark(hookJar, runs(5)).run(out, temporary);
                default -> new MemoryBenchmark(releases, command, runs(3)).run(out, temporary);
            }
        }
    }

    private static int runs(int usual) {
        return Integer.parseInt(System.getenv().getOrDefault("HOTPATCH_BENCH_RUNS", Integer.toString(usual)));
    }

    private static List<Path> javaHomes() {
        String given = System.getenv()
                .getOrDefault(
                        "HOTPATCH_BENCH_JDKS", System.getProperty("java.home") + ":/usr/lib/jvm/temurin-25-jdk-amd64");
        return Arrays.stream(given.split(":", -1))
                .map(Path::of)
                .filter(Files::isDirectory)
                .toList();
    }
}
