package dev.hotpatch.systemtests.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.nodeagent.hook.HookState;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JvmResultTest {
    private static final String PATCH = "ab12";

    private final JvmResult.Draft draft = new JvmResult.Draft(17);

    @Test
    void isGoodIfEverythingHeld() {
        load("a.A", "a.B");
        assertTrue(draft.applied(state("ok", PATCH, 2, 0), 2));
        draft.linked(2, 0, List.of(), List.of());
        assertTrue(draft.rolledBack(state("ok", "", 2, 0), 2));
        assertTrue(draft.appliedAgain(state("ok", PATCH, 2, 0), 2));
        assertTrue(draft.result().isGood());
        assertEquals(2, draft.result().redefined());
    }

    @Test
    void isNotGoodIfNoOldClassWasLoaded() {
        draft.loaded(new ClassChild.Outcome(List.of(), List.of("a.A"), List.of()));
        assertFalse(draft.result().isGood());
    }

    @Test
    void isNotGoodIfTheHookRefuses() {
        load("a.A");
        assertFalse(draft.applied(state("redefine-refused", "", 0, 0), 1));
        assertTrue(draft.result().problem().contains("redefine-refused"));
    }

    @Test
    void isNotGoodIfFewerClassesChangeThanWereLoaded() {
        load("a.A", "a.B");
        assertFalse(draft.applied(state("ok", PATCH, 1, 0), 2));
        assertFalse(draft.result().isGood());
    }

    @Test
    void isNotGoodIfAClassWasLeftOutThatLinks() {
        load("a.A", "a.B");
        assertTrue(draft.applied(state("ok", PATCH, 1, 1), 2));
        draft.linked(2, 0, List.of(), List.of());
        assertFalse(draft.result().isGood());
    }

    @Test
    void isGoodIfAClassWasLeftOutThatDoesNotLinkInTheNewVersionEither() {
        load("a.A", "a.B");
        assertTrue(draft.applied(state("ok", PATCH, 1, 1), 2));
        draft.linked(1, 1, List.of(new Failure("a.B", "java.lang.NoClassDefFoundError: x/Y")), List.of());
        assertTrue(draft.rolledBack(state("ok", "", 1, 0), 2));
        assertTrue(draft.appliedAgain(state("ok", PATCH, 1, 1), 2));
        assertTrue(draft.result().isGood());
    }

    @Test
    void isNotGoodIfAClassOfThePatchCannotBeLinked() {
        load("a.A");
        assertTrue(draft.applied(state("ok", PATCH, 1, 0), 1));
        draft.linked(1, 0, List.of(), List.of(new Failure("a.A$$hp", "java.lang.VerifyError: x")));
        assertFalse(draft.result().isGood());
    }

    @Test
    void isNotGoodIfThePatchStaysAfterRollback() {
        load("a.A");
        assertFalse(draft.rolledBack(state("ok", PATCH, 1, 0), 1));
        assertFalse(draft.result().isGood());
    }

    private void load(String... names) {
        draft.loaded(new ClassChild.Outcome(List.of(names), List.of(), List.of()));
    }

    private static HookState state(String code, String active, int loaded, int skipped) {
        HookState.Phase phase = code.equals("ok") ? HookState.Phase.DONE : HookState.Phase.REFUSED;
        return new HookState("1", "r", phase, active, code, "", loaded, 0, 0, 1, skipped, 1, 1, 0, "");
    }
}
