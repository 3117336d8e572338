package dev.hotpatch.systemtests.deflate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.systemtests.environment.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Our deflate streams are those of zlib and Go; a sample of what the command {@code deflate-exactness} does. */
final class DeflateExactnessIT {
    private static final Path JDK = Path.of(System.getProperty("java.home"), "lib", "modules");

    @Test
    void allLevelsOfZlibAreEqual() throws IOException, InterruptedException {
        assertAllEqual("--megabytes", "3", "zlib");
    }

    @Test
    void allLevelsOfGoAreEqual() throws IOException, InterruptedException {
        Requirement.rootWith("go");
        assertAllEqual("--megabytes", "3", "go");
    }

    @Test
    void pgzipIsEqual() throws IOException, InterruptedException {
        Requirement.rootWith("go");
        if (!Files.isDirectory(Path.of("/usr/share/gocode/src/github.com/klauspost/pgzip"))) {
            Requirement.missing("klauspost's pgzip for Go");
        }
        assertAllEqual("--megabytes", "20", "pgzip");
    }

    private static void assertAllEqual(String... args) throws IOException, InterruptedException {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        DeflateExactness exactness = new DeflateExactness(new PrintStream(report, true, StandardCharsets.UTF_8));
        exactness.parse(List.of(args));
        exactness.parse(List.of("--content", JDK.toString()));
        assertTrue(exactness.run(Map.of()), () -> report.toString(StandardCharsets.UTF_8));
    }
}
