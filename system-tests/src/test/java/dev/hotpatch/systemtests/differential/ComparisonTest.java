package dev.hotpatch.systemtests.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static final Outcome PASSED = new Outcome("a.ATest", "PASSED", "");
    private static final Outcome FAILED = new Outcome("a.ATest", "FAILED", "expected 1");

    @Test
    void theSameOutcomesAreEqualFailuresAmongThem() {
        Comparison same = Comparison.of(Map.of("x", PASSED, "y", FAILED), Map.of("x", PASSED, "y", FAILED));
        assertEquals(2, same.equal());
        assertEquals(1, same.passed());
        assertTrue(same.different().isEmpty());
    }

    @Test
    void anotherOutcomeIsADifferenceWithItsReason() {
        Comparison other = Comparison.of(Map.of("x", PASSED, "y", PASSED), Map.of("x", PASSED, "y", FAILED));
        assertEquals(Set.of("y"), other.different().keySet());
        assertEquals(
                "FAILED (expected 1), expected PASSED",
                other.different().get("y").describe());
        assertEquals(List.of("a.ATest"), List.copyOf(other.classes()));
    }

    @Test
    void aTestThatOneSideLacksIsADifference() {
        assertEquals(
                Set.of("x"),
                Comparison.of(Map.of("x", PASSED), Map.of()).different().keySet());
        Comparison more = Comparison.of(Map.of(), Map.of("x", PASSED));
        assertEquals(Set.of("x"), more.different().keySet());
        assertEquals(List.of("a.ATest"), List.copyOf(more.classes()));
    }

    @Test
    void whatOneSideDoesNotRepeatIsFlaky() {
        Map<String, Outcome> real = Map.of("x", PASSED, "y", PASSED, "z", PASSED);
        Map<String, Outcome> changed = Map.of("x", FAILED, "y", FAILED, "z", FAILED);
        Comparison other = Comparison.of(real, changed)
                .without(Map.of("x", PASSED, "y", FAILED, "z", PASSED), Map.of("x", FAILED, "y", FAILED, "z", PASSED));
        assertEquals(Set.of("x"), other.different().keySet());
        assertEquals(List.of("y", "z"), other.flaky());
    }

    @Test
    void whatAClassBrokenOffOnBothSidesDidNotComeToIsNotReached() {
        Outcome cut = new Outcome("a.ATest", Outcome.BROKEN_OFF, "ran for PT2M");
        Comparison other = Comparison.of(Map.of("x", PASSED, "class", cut), Map.of("class", cut));
        assertTrue(other.different().isEmpty());
        assertEquals(List.of("x"), other.unreached());
        assertEquals(1, other.equal());
    }

    @Test
    void aClassThatIsBrokenOffOnOneSideAloneIsADifference() {
        Outcome cut = new Outcome("a.ATest", Outcome.BROKEN_OFF, "ran for PT2M");
        Comparison other = Comparison.of(Map.of("x", PASSED), Map.of("class", cut));
        assertEquals(Set.of("class"), other.different().keySet());
        assertEquals(List.of("x"), other.unreached());
    }

    @Test
    void aTestThatIsMissingThoughAnotherClassWasBrokenOffIsADifference() {
        Outcome cut = new Outcome("b.BTest", Outcome.BROKEN_OFF, "ran for PT2M");
        Comparison other = Comparison.of(Map.of("x", PASSED, "class", cut), Map.of("class", cut));
        assertEquals(Set.of("x"), other.different().keySet());
    }

    @Test
    void aKnownDifferenceIsSetApartAndAStaleEntryIsNamed() {
        Comparison other = Comparison.of(Map.of("x", PASSED, "y", PASSED), Map.of("x", FAILED, "y", PASSED))
                .knowing(
                        List.of(
                                new KnownDifference("x", "reflection"),
                                new KnownDifference("y", "was so once"),
                                new KnownDifference("z", "is not run")),
                        Set.of("x", "y"));
        assertTrue(other.different().isEmpty());
        assertEquals(Map.of("x", "reflection"), other.known());
        assertEquals(List.of("y"), other.stale());
    }
}
