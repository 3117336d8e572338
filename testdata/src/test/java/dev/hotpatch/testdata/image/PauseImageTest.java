package dev.hotpatch.testdata.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class PauseImageTest {
    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void programWaitsUntilItIsEnded() throws Exception {
        byte[] executable = PauseImage.executable();
        assertEquals(129, executable.length);
        Path program = Files.write(folder.resolve("pause"), executable);
        assertTrue(program.toFile().setExecutable(true));
        Process process = new ProcessBuilder(List.of(program.toString())).start();
        try {
            assertTrue(!process.waitFor(200, TimeUnit.MILLISECONDS), "ended by itself");
        } finally {
            process.destroy();
        }
        assertTrue(process.waitFor(5, TimeUnit.SECONDS), "did not end when told to");
        assertEquals(128 + 15, process.exitValue());
    }
}
