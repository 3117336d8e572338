package dev.hotpatch.systemtests.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.systemtests.jvm.Jdk;
import dev.hotpatch.systemtests.programs.generate.Recipe;
import dev.hotpatch.systemtests.programs.generate.Row;
import dev.hotpatch.systemtests.programs.generate.SeededPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A patched program is the same program as the new one; a sample of what the command {@code programs} does. */
final class ProgramPairsIT {
    private static final Path HOOK = Path.of("../jvm-agent/target/hotpatch-jvm-agent.jar");
    private static final int SEEDS = 100;

    private static Trial trial;

    @BeforeAll
    static void start() throws IOException {
        trial = Trial.open(Jdk.running(), HOOK);
    }

    @AfterAll
    static void end() throws IOException {
        trial.close();
    }

    static Stream<Regressions.Case> kept() throws IOException {
        return Regressions.in(Path.of("regressions")).stream();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kept")
    void keptPairGoesAsItMust(Regressions.Case entry) throws IOException {
        Finding finding = trial.of(entry.pair());
        assertTrue(entry.isMetBy(finding), () -> finding.kind() + " " + finding.codes() + "\n" + finding.text());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void generatedPairPrintsWhatTheNewProgramPrints(long seed) throws IOException {
        SeededPair pair = SeededPair.of(new Recipe(seed, 17, Recipe.ALL_EDITS, List.of(Row.values())));
        Finding finding = trial.of(pair.pair());
        String what = pair.rows() + " " + finding.kind() + " " + finding.codes() + "\n" + finding.text()
                + "\nagain: ./programs --seed " + seed + " --show";
        assertTrue(!finding.isFailure(), what);
        assertEquals(List.of(), Tally.wronglyBlocked(pair.rows(), finding), what);
    }

    @Test
    void recipeGivesOneProgram() {
        Recipe recipe = new Recipe(42, 17, Recipe.ALL_EDITS, List.of(Row.values()));
        assertEquals(SeededPair.of(recipe), SeededPair.of(recipe));
    }
}
