package dev.hotpatch.nodeagent.source;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class RehearsalTest {
    @Test
    void verifiesAPatchOfItsOwn() {
        assertDoesNotThrow(Rehearsal::verify);
    }

    @Test
    void reachesItsOwnJvmAndLeavesNoFile() throws Exception {
        Assumptions.assumeTrue(Files.isWritable(Path.of("/proc/1/oom_score_adj")), "needs root");
        Rehearsal.attach();
        try (var files = Files.newDirectoryStream(Path.of("/tmp"), ".hotpatch-*-rehearsal.txt")) {
            assertEquals(false, files.iterator().hasNext());
        }
    }
}
