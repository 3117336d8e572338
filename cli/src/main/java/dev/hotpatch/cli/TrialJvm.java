package dev.hotpatch.cli;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that loads and patches classes of the base, while it runs. For one thread; closing ends it. */
final class TrialJvm implements Closeable {
    /** From when its result is asked for. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Path jdk;
    private final Path output;
    private final Process process;

    private TrialJvm(Path jdk, Path output, Process process) {
        this.jdk = jdk;
        this.output = output;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param hook is in it from the start
     * @param arguments for the program
     * @param folder it runs in, with what it says in a file
     */
    static TrialJvm start(Path jdk, Path hook, String classPath, List<String> arguments, Path folder)
            throws IOException, VerbException {
        List<String> command = new ArrayList<>(List.of(
                JdkCheck.launcher(jdk).toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true",
                "-javaagent:" + hook));
        command.add("dev.hotpatch.jvmagent.trial.Trial");
        command.addAll(arguments);
        Path output = Files.createTempFile(folder, "trial", ".out");
        ProcessBuilder builder = new ProcessBuilder(command);
        // Longer than a command line may be, it still fits here.
        builder.environment().put("CLASSPATH", classPath);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new TrialJvm(jdk, output, process);
    }

    /** What the JVM says to the patch until it ends: the rest of each line, by its first word. */
    Map<String, List<String>> lines(Path liveUnit, Digest digest) throws IOException, VerbException {
        try (Writer patch = process.outputWriter(StandardCharsets.UTF_8)) {
            patch.write(liveUnit + "\t" + digest.hex() + "\n");
        } catch (IOException e) {
            // It has ended, and what it has said tells more.
        }
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw JdkCheck.refusal(jdk, "the JVM has not ended after " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a patch was tried", e);
        }
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (String line : Files.readAllLines(output, StandardCharsets.UTF_8)) {
            int tab = line.indexOf('\t');
            lines.computeIfAbsent(tab < 0 ? "" : line.substring(0, tab), any -> new ArrayList<>())
                    .add(line.substring(tab + 1));
        }
        return lines;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
