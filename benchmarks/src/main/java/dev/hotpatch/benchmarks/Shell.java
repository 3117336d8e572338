package dev.hotpatch.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs whole processes; what they print goes into a file. */
record Shell(Path log) {
    /**
     * Runs one to its end.
     *
     * @return how long that took, in microseconds
     * @throws IOException if its exit code is not among the expected ones, with all that it printed
     */
    long run(List<String> command, Map<String, String> environment, Integer... expected)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        long begin = System.nanoTime();
        int code = builder.start().waitFor();
        long micros = (System.nanoTime() - begin) / 1000;
        if (!List.of(expected).contains(code)) {
            throw new IOException(
                    String.join(" ", command) + " ended with exit code " + code + ":\n" + Files.readString(log));
        }
        return micros;
    }
}
