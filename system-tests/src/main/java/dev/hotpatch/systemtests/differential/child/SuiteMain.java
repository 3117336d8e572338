package dev.hotpatch.systemtests.differential.child;

import dev.hotpatch.systemtests.jvm.child.Answer;
import dev.hotpatch.systemtests.jvm.child.ClassCommands;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes one after the other: {@code run CLASS RESULT}, fields separated by TAB, runs one and writes a line for each test into the file RESULT
 * as soon as it has ended. All other lines are {@link ClassCommands}. What tests print is thrown away.
 */
public final class SuiteMain {
    private final ClassCommands classes = new ClassCommands();
    private final Launcher launcher = LauncherFactory.create();

    private SuiteMain() {}

    /** Runs until standard input ends. */
    public static void main(String[] args) throws IOException {
        // A test class may run for long when nobody is left to be told of it.
        var unused = ProcessHandle.current()
                .parent()
                .map(parent ->
                        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        try (PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
                PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)) {
            System.setOut(nowhere);
            System.setErr(nowhere);
            SuiteMain program = new SuiteMain();
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String answer;
                try {
                    answer = program.perform(line);
                } catch (IOException | RuntimeException | LinkageError e) {
                    answer = "error " + String.valueOf(e).replaceAll("\\s+", " ");
                }
                out.println();
                out.println(Answer.PREFIX + answer);
            }
            // Threads that tests have left behind must not keep the JVM.
            System.exit(0);
        }
    }

    private String perform(String line) throws IOException {
        String[] words = line.split("\t", -1);
        if (!words[0].equals("run")) {
            return classes.perform(line);
        }
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(words[1]))
                .build();
        try (Recorder recorder = new Recorder(Files.newBufferedWriter(Path.of(words[2])))) {
            launcher.execute(request, recorder);
            return "done " + recorder.count();
        }
    }
}
