package dev.hotpatch.systemtests.programs;

import dev.hotpatch.systemtests.programs.generate.Row;
import dev.hotpatch.systemtests.programs.generate.SeededPair;
import dev.hotpatch.systemtests.programs.pair.ProgramPair;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command {@code programs}: runs generated pairs and prints what became of each row of the lift table. */
public final class Programs {
    private static final int SHOWN_FAILURES = 10;
    private static final int PROGRESS = 500;

    private final Path hook;
    private final boolean minimise;
    private final Path failures;

    private Programs(Path hook, boolean minimise, Path failures) {
        this.hook = hook;
        this.minimise = minimise;
        this.failures = failures;
    }

    /**
     * Runs {@code [--seeds A..B] [--jdk HOME]… [--minimise] [--rows ROW,ROW…] [--hook JAR] [--failures FOLDER]}, or {@code --seed N --show}. Ends with 1
     * if a pair fails.
     *
     * @throws IOException if a JVM cannot be started, or there is no space for temporary files
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options = new Options(arguments);
        Path hook = Path.of(options.take("--hook", "jvm-agent/target/hotpatch-jvm-agent.jar"));
        boolean show = options.has("--show");
        boolean minimise = options.has("--minimise");
        Path failures = Path.of(options.take("--failures", "target/failing-programs"));
        String one = options.take("--seed", "");
        String range = options.take("--seeds", one.isEmpty() ? "1..3000" : one + ".." + one);
        long from = Long.parseLong(range.substring(0, range.indexOf("..")));
        long to = Long.parseLong(range.substring(range.indexOf("..") + 2));
        List<String> homes = options.takeAll("--jdk");
        String chosen = options.take("--rows", "");
        List<Row> rows = chosen.isEmpty()
                ? List.of(Row.values())
                : Stream.of(chosen.split(",", -1)).map(Row::valueOf).toList();
        options.end();
        Programs programs = new Programs(hook, minimise || show, failures);
        boolean good = true;
        for (String home : homes.isEmpty() ? List.of(System.getProperty("java.home")) : homes) {
            good &= programs.run(Path.of(home), from, to, show, rows);
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run(Path java, long from, long to, boolean show, List<Row> rows)
            throws IOException, InterruptedException {
        int version = feature(java);
        int release = Math.min(17, version >= 17 ? 17 : 8);
        System.out.println("JDK " + version + " (" + java + "), seeds " + from + ".." + to);
        long start = System.nanoTime();
        Tally tally = new Tally();
        int failed = 0;
        try (Preparation preparation = Preparation.start(from, to, release, rows);
                Trial trial = Trial.open(java, hook)) {
            for (Preparation.Prepared next = preparation.next(); next != null; next = preparation.next()) {
                Finding known = next.finding();
                PreparedPair prepared = next.pair();
                Finding finding = known != null || prepared == null
                        ? Objects.requireNonNull(known)
                        : trial.of(prepared, (int) (next.seed().seed() % 3), false);
                next.discard();
                if (show) {
                    show(next.seed(), finding);
                }
                if (tally.pairs() % PROGRESS == PROGRESS - 1) {
                    System.out.printf(Locale.ROOT, "… %d%n", tally.pairs() + 1);
                }
                if (tally.enter(next.seed().rows(), finding)) {
                    failed++;
                    report(trial, next.seed(), finding, failed);
                }
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println(tally);
        System.out.printf(
                Locale.ROOT,
                "%d failed; %d s, %.1f seeds a second%n",
                failed,
                took.toSeconds(),
                (to - from + 1) * 1000.0 / took.toMillis());
        return failed == 0;
    }

    private void report(Trial trial, SeededPair seed, Finding finding, int count) throws IOException {
        if (count > SHOWN_FAILURES) {
            return;
        }
        System.out.println(
                "FAILED seed " + seed.seed() + " " + seed.rows() + " " + finding.kind() + " " + finding.codes());
        finding.text()
                .lines()
                .limit(finding.kind() == Finding.Kind.BLOCKED ? 5 : 30)
                .forEach(line -> System.out.println("    " + line));
        List<Row> rows = seed.recipe().rows();
        System.out.println("    again: ./programs --seed " + seed.seed() + " --show"
                + (rows.size() == Row.values().length
                        ? ""
                        : " --rows " + rows.stream().map(Row::name).collect(Collectors.joining(","))));
        Path folder = failures.resolve("seed-" + seed.seed());
        write(folder, seed.pair(), finding);
        if (minimise) {
            ProgramPair small = new Minimiser(trial).minimise(seed, finding);
            write(failures.resolve("seed-" + seed.seed() + "-minimal"), small, trial.of(small));
        }
    }

    /** Writes a pair as {@link Regressions} reads it. */
    private static void write(Path folder, ProgramPair pair, Finding finding) throws IOException {
        for (String side : List.of("old", "new")) {
            for (var file : (side.equals("old") ? pair.before() : pair.after()).entrySet()) {
                Path target = folder.resolve(side).resolve(file.getKey());
                Files.createDirectories(target.toAbsolutePath().getParent());
                Files.writeString(target, Layout.indent(file.getValue()));
            }
        }
        Files.writeString(folder.resolve("case.properties"), "release=" + pair.release() + "\n");
        Files.writeString(
                folder.resolve("finding.txt"), finding.kind() + " " + finding.codes() + "\n" + finding.text());
        System.out.println("    kept in " + folder);
    }

    private static void show(SeededPair seed, Finding finding) {
        System.out.println("seed " + seed.seed() + ", release " + seed.pair().release() + ", " + seed.rows() + ": "
                + finding.kind());
        System.out.println(finding.text());
        seed.pair().before().forEach((name, old) -> {
            String now = seed.pair().after().getOrDefault(name, "");
            System.out.println("=== " + name + (old.equals(now) ? "" : " (old)"));
            System.out.println(Layout.indent(old));
            if (!old.equals(now)) {
                System.out.println("=== " + name + " (new)");
                System.out.println(Layout.indent(now));
            }
        });
        seed.pair().after().forEach((name, now) -> {
            if (!seed.pair().before().containsKey(name)) {
                System.out.println("=== " + name + " (only new)");
                System.out.println(Layout.indent(now));
            }
        });
    }

    /** The release of a JDK: 8, 11, 17… */
    private static int feature(Path java) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        java.resolve("bin/java").toString(), "-XshowSettings:properties", "-version")
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        String version =
                properties.getProperty("java.specification.version", "17").trim();
        return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
    }
}
