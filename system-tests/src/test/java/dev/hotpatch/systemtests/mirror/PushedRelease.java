package dev.hotpatch.systemtests.mirror;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests that share one release, pushed once for the whole class. */
abstract class PushedRelease {
    @TempDir
    static Path scratch;

    private static @Nullable Release pushed;

    final Release release = Objects.requireNonNull(pushed);

    @BeforeAll
    static void push() throws Exception {
        pushed = Release.push(scratch);
    }

    @AfterAll
    static void end() throws IOException {
        Objects.requireNonNull(pushed).close();
    }
}
