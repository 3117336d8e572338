package dev.hotpatch.systemtests.command;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.testdata.activemq.RunningProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The {@code hotpatch} command as its users run it: a process each time. Safe for several threads. */
public final class HotpatchCommand {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path executable;
    private final Path folder;
    private final Map<String, String> environment;

    /**
     * @param executable the command
     * @param folder where it runs, and where what it prints is kept
     */
    public HotpatchCommand(Path executable, Path folder, Map<String, String> environment) {
        this.executable = executable;
        this.folder = folder;
        this.environment = environment;
    }

    /** The same command with options for its own JVM. */
    public HotpatchCommand withJavaOptions(String options) {
        return with(Map.of("HOTPATCH_JAVA_OPTS", options));
    }

    /** The same command with more environment variables. */
    public HotpatchCommand with(Map<String, String> variables) {
        Map<String, String> more = new HashMap<>(environment);
        more.putAll(variables);
        return new HotpatchCommand(executable, folder, more);
    }

    /** Absolute path of a file in the folder where the command runs. */
    public String path(String name) {
        return folder.resolve(name).toString();
    }

    /**
     * Runs a verb to its end.
     *
     * @throws IOException if its exit code is not the expected one; with all that it printed
     */
    public Outcome run(int expected, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "hotpatch", ".out");
        Path err = Files.createTempFile(folder, "hotpatch", ".err");
        ProcessBuilder builder = new ProcessBuilder(words(arguments))
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("hotpatch " + String.join(" ", arguments) + " still runs after " + PATIENCE);
        }
        long nanos = System.nanoTime() - start;
        String text = Files.readString(out);
        if (process.exitValue() != expected) {
            throw new IOException("hotpatch " + String.join(" ", arguments) + " ended with exit code "
                    + process.exitValue() + ", expected " + expected + ":\n" + text + Files.readString(err));
        }
        return new Outcome(text, Duration.ofNanos(nanos));
    }

    /** Starts a verb that goes on until it is ended. */
    public RunningProcess start(String... arguments) throws IOException {
        return RunningProcess.start(words(arguments), environment);
    }

    private List<String> words(String... arguments) {
        List<String> words = new ArrayList<>(List.of(executable.toString()));
        words.addAll(List.of(arguments));
        return words;
    }

    /**
     * How a verb ended.
     *
     * @param output its standard output
     * @param time from the start of the process to its end
     */
    public record Outcome(String output, Duration time) {
        public JsonObject json() throws JsonException {
            return JsonObject.parse(output.getBytes(StandardCharsets.UTF_8), "the output of hotpatch");
        }
    }
}
