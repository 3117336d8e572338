package dev.hotpatch.systemtests.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import dev.hotpatch.testdata.corpus.MavenDependencies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few releases of the corpus, on the JDK that runs the tests and on 25; all of them is what the command is for. */
final class CorpusIT {
    private static final Map<String, String> ENVIRONMENT = System.getenv();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"shiro-core", "activemq-client", "jackson-databind 2.15.2"})
    void aReleaseIsFullyLive(String name) throws Exception {
        List<Jdk> jdks = new ArrayList<>(List.of(Jdk.running()));
        if (Jdk.running().feature() != 25) {
            Jdk.find(25, CacheFolder.fromEnvironment(ENVIRONMENT)).ifPresent(jdks::add);
        }
        ReleaseTrial trial = new ReleaseTrial(
                MavenArtifacts.fromEnvironment(ENVIRONMENT),
                MavenDependencies.fromEnvironment(ENVIRONMENT),
                jdks,
                folder);
        Release release = Release.all().stream()
                .filter(one -> one.matches(List.of(name)))
                .findFirst()
                .orElseThrow();
        ReleaseResult result = trial.run(release);
        assertTrue(result.isFullyLive(), () -> Report.text(result));
        assertEquals(jdks.size(), result.jvms().size());
    }
}
