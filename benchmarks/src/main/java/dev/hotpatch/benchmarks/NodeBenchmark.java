package dev.hotpatch.benchmarks;

import dev.hotpatch.testdata.activemq.ActiveMq;
import dev.hotpatch.testdata.activemq.RunningBroker;
import dev.hotpatch.testdata.activemq.RunningProcess;
import dev.hotpatch.testdata.image.BaseImage;
import dev.hotpatch.testdata.image.BuiltImage;
import dev.hotpatch.testdata.image.JibImage;
import dev.hotpatch.testdata.registry.InProcessRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a node-agent that has just started takes from the moment it takes up a patch until it is applied, step by step. */
final class NodeBenchmark {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> STEPS =
            List.of("PULLED", "VERIFIED", "STAGED", "ATTACHED", "APPLIED", "OBSERVED");
    private static final Pattern MILLIS = Pattern.compile("\\(([0-9.]+) ms\\)$");

    private final Releases releases;
    private final Path command;
    private final int runs;

    NodeBenchmark(Releases releases, Path command, int runs) {
        this.releases = releases;
        this.command = command;
        this.runs = runs;
    }

    void run(PrintStream out, Path temporary) throws IOException, InterruptedException {
        ActiveMq oldVersion = ActiveMq.fetch("5.16.6", releases.artifacts(), releases.cache(), temporary);
        ActiveMq newVersion = ActiveMq.fetch("5.16.7", releases.artifacts(), releases.cache(), temporary);
        BaseImage base = BaseImage.prepare(releases.cache());
        Shell shell = new Shell(temporary.resolve("node.log"));
        Path key = temporary.resolve("ci");
        shell.run(List.of(command.toString(), "key", "generate", "--output", key.toString()), Map.of(), 0);
        Map<String, Samples> steps = new LinkedHashMap<>();
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            for (int run = 0; run < runs; run++) {
                String repository = registry.host() + "/run" + run + "/broker";
                BuiltImage from =
                        JibImage.ofActiveMq(oldVersion, base, releases.cache()).push(repository + ":old");
                BuiltImage to =
                        JibImage.ofActiveMq(newVersion, base, releases.cache()).push(repository + ":new");
                try (RunningBroker broker = oldVersion.startBroker(
                                ActiveMq.ownJava(),
                                List.of("-Xmx128m"),
                                Map.of("HOTPATCH_IMAGE", from.byDigest()),
                                temporary.resolve("data" + run));
                        RunningProcess agent = agent(key, temporary.resolve("state" + run))) {
                    agent.await("ready", 0, PATIENCE);
                    shell.run(
                            List.of(
                                    command.toString(),
                                    "build",
                                    from.byDigest(),
                                    to.byDigest(),
                                    "--key",
                                    key + ".key",
                                    "--push",
                                    repository),
                            Map.of(),
                            0);
                    if (!broker.jvm().isAlive()) {
                        throw new IOException(
                                "the broker ended: " + broker.jvm().output());
                    }
                    for (String step : STEPS) {
                        sample(steps, step).add(micros(agent.await(": " + step + " ", 0, PATIENCE)));
                    }
                }
            }
        }
        List<String> columns = new ArrayList<>(STEPS);
        Table table = new Table(
                out,
                "A node-agent's first patch (ActiveMQ 5.16.6 → 5.16.7, late attach): ms since it took it up, medians of "
                        + runs,
                columns);
        table.row(STEPS.stream().map(step -> sample(steps, step).spread()).toList());
        Files.deleteIfExists(key);
    }

    private static Samples sample(Map<String, Samples> steps, String step) {
        return steps.computeIfAbsent(step, any -> new Samples());
    }

    private RunningProcess agent(Path key, Path state) throws IOException {
        return RunningProcess.start(
                List.of(
                        command.toString(),
                        "node",
                        "run",
                        "--key",
                        key + ".pub",
                        "--state",
                        state.toString(),
                        "--cri",
                        "none",
                        "--interval",
                        "1",
                        "--metrics-port",
                        "0"),
                Map.of());
    }

    private static long micros(String line) throws IOException {
        Matcher found = MILLIS.matcher(line);
        if (!found.find()) {
            throw new IOException("no time in the agent's line: " + line);
        }
        return Math.round(Double.parseDouble(found.group(1)) * 1000);
    }
}
