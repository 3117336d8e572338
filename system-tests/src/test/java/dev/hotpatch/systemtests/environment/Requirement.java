package dev.hotpatch.systemtests.environment;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** What a test needs of the machine. Where it is missing the test is skipped, loudly; where {@code CI=true} it fails instead. */
public final class Requirement {
    private Requirement() {}

    /** The test must run as root, and these programs must be on the {@code PATH} or in an {@code sbin}. */
    public static void rootWith(String... programs) {
        List<String> missing = new ArrayList<>();
        if (!"root".equals(System.getProperty("user.name"))) {
            missing.add("to be root");
        }
        for (String program : programs) {
            if (!isInstalled(program)) {
                missing.add("the program " + program);
            }
        }
        if (!missing.isEmpty()) {
            missing(String.join(", ", missing));
        }
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(
                        (System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Ends the test because the machine lacks something. */
    public static void missing(String what) {
        String text = "this test needs " + what + "; run system-tests/bin/prepare as root on Debian 12";
        if ("true".equals(System.getenv("CI"))) {
            fail(text);
        }
        String line = "!".repeat(100);
        System.out.println(line + "\n!! SKIPPED: " + text + "\n" + line);
        Assumptions.abort(text);
    }
}
