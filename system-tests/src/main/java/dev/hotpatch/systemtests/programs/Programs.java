package dev.hotpatch.systemtests.programs;

import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.programs.generate.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The command {@code programs}: runs generated pairs and prints what became of each row of the lift table. */
public final class Programs {
    private static final int PROGRESS = 500;

    private Programs() {}

    /**
     * Runs {@code [--seeds A..B] [--jdk HOME|RELEASE]… [--minimise] [--rows ROW,ROW…] [--hook JAR] [--failures FOLDER]}, or {@code --seed N --show}. Each
     * pair is compiled once for all JDKs of 17 or later, and once for all before. Ends with 1 if a pair fails.
     *
     * @throws IOException if a JVM cannot be started, or there is no space for temporary files
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options = new Options(arguments);
        Path hook = Path.of(options.take("--hook", "jvm-agent/target/hotpatch-jvm-agent.jar"));
        boolean show = options.has("--show");
        boolean minimise = options.has("--minimise") || show;
        Path failures = Path.of(options.take("--failures", "target/failing-programs"));
        String one = options.take("--seed", "");
        String range = options.take("--seeds", one.isEmpty() ? "1..3000" : one + ".." + one);
        long from = Long.parseLong(range.substring(0, range.indexOf("..")));
        long to = Long.parseLong(range.substring(range.indexOf("..") + 2));
        Map<Integer, List<Jdk>> jdks = new TreeMap<>();
        options.jdks()
                .forEach(jdk -> jdks.computeIfAbsent(jdk.feature() >= 17 ? 17 : 8, any -> new ArrayList<>())
                        .add(jdk));
        String chosen = options.take("--rows", "");
        List<Row> rows = chosen.isEmpty()
                ? List.of(Row.values())
                : Stream.of(chosen.split(",", -1)).map(Row::valueOf).toList();
        options.end();
        boolean good = true;
        for (Map.Entry<Integer, List<Jdk>> group : jdks.entrySet()) {
            List<JdkRun> runs = new ArrayList<>();
            try {
                for (Jdk jdk : group.getValue()) {
                    runs.add(JdkRun.open(jdk, hook, new Failures(failures, minimise, show)));
                }
                try (Preparation preparation = Preparation.start(from, to, group.getKey(), rows)) {
                    run(preparation, runs);
                }
            } finally {
                for (JdkRun each : runs) {
                    each.close();
                }
            }
            for (JdkRun each : runs) {
                System.out.println(each.summary("seeds " + from + ".." + to));
                good &= each.isGood();
            }
        }
        System.exit(good ? 0 : 1);
    }

    /** Runs all seeds that are prepared, each on each JDK. */
    static void run(Preparation preparation, List<JdkRun> runs) throws IOException, InterruptedException {
        int count = 0;
        for (Preparation.Prepared next = preparation.next(); next != null; next = preparation.next()) {
            for (JdkRun each : runs) {
                each.run(next);
            }
            next.discard();
            if (++count % PROGRESS == 0) {
                System.out.println("… " + count);
            }
        }
    }
}
