package dev.hotpatch.benchmarks;

import dev.hotpatch.differ.PatchBuilder;
import dev.hotpatch.differ.PlannedPatch;
import dev.hotpatch.differ.Planner;
import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.image.Images;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Platform;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What lifted code costs against the same code in the real new version, by JMH. Both run in turns, so that both meet the same noise. */
final class LiftBenchmark {
    private static final TimeValue ITERATION = TimeValue.seconds(1);
    private static final int ITERATIONS = 3;

    private final Path hookJar;
    private final int rounds;

    LiftBenchmark(Path hookJar, int rounds) {
        this.hookJar = hookJar;
        this.rounds = rounds;
    }

    void run(PrintStream out, Path temporary) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(temporary.resolve("lift"));
        Path oldJar = LiftSources.oldJar(directory);
        Path newJar = LiftSources.newJar(directory);
        Path unit = directory.resolve("live.zip");
        Planner planner = new Planner(temporary, Limits.DEFAULT, 1, (step, done, total) -> {});
        List<String> patched = new ArrayList<>(List.of("-Djdk.attach.allowAttachSelf=true"));
        try (PlannedPatch planned = planner.plan(
                Images.open(oldJar.toString(), Platform.host()), Images.open(newJar.toString(), Platform.host()))) {
            PatchBuilder.writeLiveUnit(planned, unit);
            if (!Files.exists(unit)) {
                out.println("lift: the change cannot go live: " + planned.plan().blocked());
                return;
            }
        }
        String sha256 = HexFormat.of().formatHex(Digest.sha256().digest(Files.readAllBytes(unit)));
        patched.addAll(properties(Map.of(
                LiftedCode.JAR, oldJar.toString(),
                LiftedCode.HOOK, hookJar.toString(),
                LiftedCode.UNIT, unit.toString(),
                LiftedCode.UNIT_SHA256, sha256)));
        List<String> real = properties(Map.of(LiftedCode.JAR, newJar.toString()));

        Map<String, List<Double>> ofReal = new TreeMap<>();
        Map<String, List<Double>> ofPatched = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            measure(real, ofReal);
            measure(patched, ofPatched);
        }
        print(out, ofReal, ofPatched);
    }

    private static List<String> properties(Map<String, String> values) {
        return values.entrySet().stream()
                .map(e -> "-D" + e.getKey() + "=" + e.getValue())
                .toList();
    }

    private static void measure(List<String> jvm, Map<String, List<Double>> results) throws IOException {
        Options options = new OptionsBuilder()
                .include(LiftedCode.class.getName() + "\\.")
                .jvmArgsAppend(jvm.toArray(new String[0]))
                .forks(1)
                .warmupIterations(ITERATIONS)
                .warmupTime(ITERATION)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        try {
            for (RunResult result : new Runner(options).run()) {
                results.computeIfAbsent(result.getPrimaryResult().getLabel(), label -> new ArrayList<>())
                        .add(result.getPrimaryResult().getScore());
            }
        } catch (RunnerException e) {
            throw new IOException("JMH failed, with " + jvm, e);
        }
    }

    private void print(PrintStream out, Map<String, List<Double>> real, Map<String, List<Double>> patched) {
        Table table = new Table(
                out,
                "Lifted code against the real new version, medians of " + rounds + " JVMs",
                List.of("code", "real, ns", "patched, ns", "patched − real, ns", "throughput, patched ÷ real"));
        real.forEach((label, times) -> {
            double ofReal = median(times);
            double ofPatched = median(patched.getOrDefault(label, List.of(Double.NaN)));
            table.row(List.of(
                    label, figure(ofReal), figure(ofPatched), figure(ofPatched - ofReal), figure(ofReal / ofPatched)));
        });
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
