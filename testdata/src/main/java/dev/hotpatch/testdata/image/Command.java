package dev.hotpatch.testdata.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of this machine to its end. */
final class Command {
    private Command() {}

    /**
     * Gives the lines that the program printed, errors among them.
     *
     * @throws IOException if its exit code is not 0; with what it printed
     */
    static List<String> run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        }
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(command.get(0) + " ended with exit code " + code + ":\n" + String.join("\n", lines));
        }
        return lines;
    }
}
