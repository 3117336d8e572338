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
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What lifted code costs against the same code in the real new version, by JMH. Both run in turns, method by method, so that both meet the same noise. */
final class LiftBenchmark {
    private static final TimeValue ITERATION = TimeValue.milliseconds(400);
    private static final int WARM_UP = 5;
    private static final int ITERATIONS = 5;

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

        Table table = new Table(
                out,
                "Lifted code against the real new version, medians of " + rounds + " pairs of JVMs",
                List.of(
                        "code",
                        "real, ns",
                        "patched, ns",
                        "patched − real, ns",
                        "throughput, patched ÷ real (min – max)"));
        for (String code : measured()) {
            List<Double> ofReal = new ArrayList<>();
            List<Double> ofPatched = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                // One right after the other, either of them first in turns.
                if (round % 2 == 0) {
                    ofReal.add(measure(code, real));
                    ofPatched.add(measure(code, patched));
                } else {
                    ofPatched.add(measure(code, patched));
                    ofReal.add(measure(code, real));
                }
            }
            print(table, code, ofReal, ofPatched);
        }
    }

    private static List<String> measured() {
        return Arrays.stream(LiftedCode.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .map(Method::getName)
                .sorted()
                .toList();
    }

    private static List<String> properties(Map<String, String> values) {
        return values.entrySet().stream()
                .map(e -> "-D" + e.getKey() + "=" + e.getValue())
                .toList();
    }

    /** Nanoseconds of a call. */
    private static double measure(String code, List<String> jvm) throws IOException {
        Options options = new OptionsBuilder()
                .include(LiftedCode.class.getName() + "\\." + code + "$")
                .jvmArgsAppend(jvm.toArray(new String[0]))
                .forks(1)
                .warmupIterations(WARM_UP)
                .warmupTime(ITERATION)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        try {
            return new Runner(options).runSingle().getPrimaryResult().getScore();
        } catch (RunnerException e) {
            throw new IOException("JMH failed, with " + jvm, e);
        }
    }

    private static void print(Table table, String code, List<Double> real, List<Double> patched) {
        List<Double> ratios = new ArrayList<>();
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < real.size(); i++) {
            ratios.add(real.get(i) / patched.get(i));
            differences.add(patched.get(i) - real.get(i));
        }
        ratios.sort(Comparator.naturalOrder());
        table.row(List.of(
                code,
                figure(median(real)),
                figure(median(patched)),
                figure(median(differences)),
                figure(median(ratios)) + " (" + figure(ratios.get(0)) + " – " + figure(ratios.get(ratios.size() - 1))
                        + ")"));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
