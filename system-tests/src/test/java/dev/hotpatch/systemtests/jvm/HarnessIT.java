package dev.hotpatch.systemtests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotpatch.nodeagent.hook.HookState;
import dev.hotpatch.testdata.corpus.CacheFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apply and roll back in a child of every release of Java that this machine has. */
final class HarnessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {8, 11, 17, 21, 25})
    void appliesAndRollsBack(int feature) throws Exception {
        Optional<Jdk> jdk = Jdk.find(feature, CacheFolder.fromEnvironment(System.getenv()));
        assumeTrue(jdk.isPresent(), "no JDK " + feature + "; system-tests/bin/prepare jdks fetches it");
        Path oldJar = Sources.greeter(folder, "hello");
        LibraryPatch patch = LibraryPatch.build(oldJar, Sources.greeter(folder, "goodbye"), folder);
        try (ChildJvm child = ChildJvm.start(jdk.get(), folder, List.of(), List.of(oldJar), List.of(Sources.GREETER));
                AttachedHook hook = child.hook()) {
            assertEquals("hello", child.ask("", PATIENCE));
            HookState applied = hook.apply(patch.liveUnitOrThrow());
            assertEquals("ok", applied.code(), applied.message());
            assertEquals("goodbye", child.ask("", PATIENCE));
            assertEquals("ok", hook.rollback().code());
            assertEquals("hello", child.ask("", PATIENCE));
            try (AttachedHook other = child.hook()) {
                assertEquals("ok", other.apply(patch.liveUnitOrThrow()).code());
                assertEquals("goodbye", child.ask("", PATIENCE));
                assertEquals("", other.rollback().active());
            }
        }
    }
}
