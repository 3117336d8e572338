package dev.hotpatch.differ.companion;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a small program in a JVM of its own. */
final class ChildJvm {
    private static final Path NEWEST = Path.of("/usr/lib/jvm/temurin-25-jdk-amd64");

    private ChildJvm() {}

    /** The Java homes of the system property {@code hotpatch.javaHomes}; otherwise our own and, where it is installed, 25. */
    static Stream<String> javaHomes() {
        String homes = System.getProperty("hotpatch.javaHomes", "");
        if (!homes.isBlank()) {
            return Arrays.stream(homes.split(":"));
        }
        String own = System.getProperty("java.home");
        if (!Files.isDirectory(NEWEST)) {
            System.err.println("SKIPPED: no JVM in " + NEWEST + ", companions are tried in " + own + " only");
            return Stream.of(own);
        }
        return Stream.of(own, NEWEST.toString());
    }

    static boolean isJava8(String javaHome) throws IOException, InterruptedException {
        return run(javaHome, "-version").get(0).contains("\"1.8");
    }

    static Path write(Path directory, Map<String, byte[]> classes) throws IOException {
        for (Map.Entry<String, byte[]> e : classes.entrySet()) {
            Path file = directory.resolve(e.getKey() + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, e.getValue());
        }
        return directory;
    }

    /** What the program prints on both channels; it must end well within a minute. */
    static List<String> run(String javaHome, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(javaHome + "/bin/java", "-Xverify:all"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("companion", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " does not end");
            }
            List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.contains("warning:"))
                    .toList();
            if (process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + String.join("\n", lines));
            }
            return lines;
        } finally {
            Files.delete(output);
        }
    }
}
