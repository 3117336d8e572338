package dev.hotpatch.systemtests.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.programs.generate.Recipe;
import dev.hotpatch.systemtests.programs.generate.Row;
import dev.hotpatch.systemtests.programs.generate.SeededPair;
import dev.hotpatch.testdata.corpus.CacheFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A patched program is the same program as the new one; a sample of what the command {@code programs} does. */
final class ProgramPairsIT {
    private static final Path HOOK = Path.of("../jvm-agent/target/hotpatch-jvm-agent.jar");
    private static final int SEEDS = 100;

    @TempDir
    private Path folder;

    static IntStream releases() {
        return IntStream.of(17, 25);
    }

    private static Jdk jdk(int release) throws IOException {
        Optional<Jdk> jdk = Jdk.find(release, CacheFolder.fromEnvironment(System.getenv()));
        Assumptions.assumeTrue(jdk.isPresent(), "there is no JDK " + release + " on this machine");
        return jdk.orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void keptPairsGoAsTheyMust(int release) throws IOException {
        List<String> wrong = new ArrayList<>();
        try (Trial trial = Trial.open(jdk(release), HOOK)) {
            for (Regressions.Case entry : Regressions.in(Path.of("regressions"))) {
                Finding finding = trial.of(entry.pair());
                if (!entry.isMetBy(finding)) {
                    wrong.add(
                            entry.pair().name() + " " + finding.kind() + " " + finding.codes() + "\n" + finding.text());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void generatedPairsPrintWhatTheNewProgramsPrint() throws IOException, InterruptedException {
        List<JdkRun> runs = new ArrayList<>();
        for (int release : releases().toArray()) {
            runs.add(JdkRun.open(jdk(release), HOOK, new Failures(folder, false, false)));
        }
        try (Preparation preparation = Preparation.start(1, SEEDS, 17, List.of(Row.values()))) {
            Programs.run(preparation, runs);
        } finally {
            for (JdkRun run : runs) {
                run.close();
            }
        }
        runs.forEach(run -> assertTrue(run.isGood(), run.summary("seeds 1.." + SEEDS + "; see standard output")));
    }

    @Test
    void recipeGivesOneProgram() {
        Recipe recipe = new Recipe(42, 17, Recipe.ALL_EDITS, List.of(Row.values()));
        assertEquals(SeededPair.of(recipe), SeededPair.of(recipe));
    }
}
