package dev.hotpatch.systemtests.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.jvm.LibraryPatch;
import dev.hotpatch.systemtests.jvm.Sources;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import dev.hotpatch.testdata.corpus.MavenDependencies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sample of the differential test; all of it is what the command is for. And that it finds what is wrong. */
final class DifferentialIT {
    private static final Map<String, String> ENVIRONMENT = System.getenv();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TEST = """
            public final class PriceTest {
                @org.junit.Test public void isOfTheNewVersion() { org.junit.Assert.assertEquals(6, Price.of(2)); }
                @org.junit.Test public void isTheSameInBoth() { org.junit.Assert.assertEquals(0, Price.of(0)); }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void aRightPatchMakesTheSameProgramAndRollBackTheOldOne() throws Exception {
        Subject subject = subject(2, 3, 3);
        Comparison patched = subject.patchedAgainstNew();
        assertEquals(2, patched.passed(), () -> patched.different().toString());
        assertEquals(2, patched.equal());
        Comparison rolledBack = subject.rolledBackAgainstOld();
        assertEquals(1, rolledBack.passed(), () -> rolledBack.different().toString());
        assertEquals(2, rolledBack.equal());
    }

    @Test
    void aWrongPatchIsFoundByTheTestThatFails() throws Exception {
        Comparison patched = subject(2, 3, 4).patchedAgainstNew();
        assertEquals(1, patched.different().size());
        assertTrue(patched.different().keySet().iterator().next().contains("isOfTheNewVersion"));
        assertTrue(patched.flaky().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"commons-text", "commons-fileupload"})
    void aReleasePassesItsOwnTests(String name) throws Exception {
        Suite suite = Suite.all().stream()
                .filter(one -> one.matches(List.of(name)))
                .findFirst()
                .orElseThrow();
        SuiteTrial trial = new SuiteTrial(
                MavenArtifacts.fromEnvironment(ENVIRONMENT),
                MavenDependencies.fromEnvironment(ENVIRONMENT),
                12,
                LIMIT,
                false,
                folder);
        SuiteResult result = trial.run(suite, Jdk.running());
        assumeFalse(result.problem().startsWith(SuiteTrial.NOT_LIVE), result::problem);
        assertTrue(result.isEqual(), () -> Report.text(result));
    }

    /** Prices by three factors: the old version's, the new version's, and that of the patch that is applied. */
    private Subject subject(int old, int now, int patched) throws Exception {
        Path from = price(old);
        Path to = price(now);
        List<Path> junit = MavenDependencies.fromEnvironment(ENVIRONMENT)
                .of(List.of(), true, SuiteTrial.JUNIT)
                .jars();
        List<Path> compileWith = new ArrayList<>(junit);
        compileWith.add(to);
        Path tests = Sources.jar(folder, "tests", compileWith, "PriceTest", TEST);
        Path unit = LibraryPatch.build(from, price(patched), folder).liveUnitOrThrow();
        SuiteRun runs = new SuiteRun(Jdk.running(), folder, tests, junit, LIMIT, List.of());
        return new Subject(runs, from, to, unit, List.of("PriceTest"), false, Map.of());
    }

    private Path price(int factor) throws Exception {
        String source = "public final class Price { public static int of(int n) { return n * " + factor + "; } }";
        return Sources.jar(folder, "price" + factor, List.of(), "Price", source);
    }
}
