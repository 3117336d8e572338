package dev.hotpatch.nodeagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.hotpatch.nodeagent.journal.ApplyState;
import dev.hotpatch.nodeagent.journal.FaultPoint;
import dev.hotpatch.nodeagent.journal.Journal;
import dev.hotpatch.nodeagent.journal.JvmKey;
import dev.hotpatch.nodeagent.journal.StateDirectory;
import dev.hotpatch.nodeagent.proc.Inspection;
import dev.hotpatch.nodeagent.proc.JvmProcess;
import dev.hotpatch.nodeagent.proc.Refusal;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecisionTest {
    private static final JvmKey KEY = new JvmKey("0123abcd", 42, 4711, "host");
    private static final Digest OLD = new Digest("a".repeat(64));
    private static final Digest NEW = new Digest("b".repeat(64));
    private static final List<PatchCandidate> BOTH =
            List.of(new PatchCandidate("reg/app", NEW), new PatchCandidate("reg/app", OLD));
    private static final JvmProcess PROCESS =
            new JvmProcess(42, 4711, 42, 1000, 1000, Optional.empty(), true, false, Optional.empty());

    private final Set<Digest> withheld = new HashSet<>();
    private final Set<Digest> notDue = new HashSet<>();
    private final Decision decision = new Decision(withheld::contains, patch -> !notDue.contains(patch));

    @TempDir
    Path directory;

    private StateDirectory state;

    @BeforeEach
    void open() throws IOException {
        state = StateDirectory.open(directory.resolve("state"), Clock.systemUTC(), FaultPoint.NONE);
    }

    @AfterEach
    void close() throws IOException {
        state.close();
    }

    @Test
    void appliesThePreferredPatch() {
        assertEquals(NEW, applied(about(List.of(), BOTH)));
        withheld.add(NEW);
        assertEquals(OLD, applied(about(List.of(), BOTH)));
        withheld.add(OLD);
        assertInstanceOf(Action.Nothing.class, about(List.of(), BOTH));
    }

    @Test
    void beginsAgainWhereAnAgentWasKilled() throws Exception {
        for (int steps = 1; steps <= 4; steps++) {
            state.forget(state.journal(KEY, NEW));
            assertEquals(NEW, applied(about(List.of(journal(NEW, steps)), BOTH)));
        }
    }

    @Test
    void leavesAnObservedPatchAloneEvenIfItIsListedNoMore() throws Exception {
        Journal done = journal(NEW, 6);
        assertInstanceOf(Action.Nothing.class, about(List.of(done), BOTH));
        assertInstanceOf(Action.Nothing.class, about(List.of(done), List.of()));
    }

    @Test
    void observesUntilDrained() throws Exception {
        Journal applied = journal(NEW, 5);
        assertInstanceOf(Action.Observe.class, about(List.of(applied), List.of()));
        notDue.add(NEW);
        assertInstanceOf(Action.Nothing.class, about(List.of(applied), BOTH));
    }

    @Test
    void triesAgainOnlyWhatMayPass() throws Exception {
        Journal journal = journal(NEW, 1);
        journal.record(ApplyState.FAILED, Refusal.TIMEOUT.code(), "");
        assertEquals(NEW, applied(about(List.of(journal), BOTH)));
        notDue.add(NEW);
        assertInstanceOf(Action.Nothing.class, about(List.of(journal), BOTH));
        notDue.clear();
        journal.record(ApplyState.FAILED, "hook-class-mismatch", "");
        assertInstanceOf(Action.Nothing.class, about(List.of(journal), BOTH));
    }

    @Test
    void triesAgainWhatMayBeSignedOrRepairedMeanwhile() throws Exception {
        Journal journal = journal(NEW, 1);
        for (String code : List.of("unverified-no-signature", "unverified-tampered")) {
            journal.record(ApplyState.FAILED, code, "");
            assertEquals(NEW, applied(about(List.of(journal), BOTH)), code);
        }
    }

    @Test
    void takesOutWhatIsNotWanted() throws Exception {
        withheld.add(NEW);
        for (int steps = 1; steps <= 6; steps++) {
            state.forget(state.journal(KEY, NEW));
            assertInstanceOf(Action.RollBack.class, about(List.of(journal(NEW, steps)), List.of()));
        }
        Journal out = journal(NEW, 6);
        out.record(ApplyState.ROLLED_BACK, "ok", "");
        assertEquals(OLD, applied(about(List.of(out), BOTH)), "the previous patch takes its place");
        assertInstanceOf(Action.Nothing.class, about(List.of(out), BOTH.subList(0, 1)));
    }

    @Test
    void goesBackToThePreviousPatchInOneStep() throws Exception {
        Journal before = journal(OLD, 6);
        before.record(ApplyState.ROLLED_BACK, "superseded", "");
        Journal now = journal(NEW, 6);
        withheld.add(NEW);
        assertEquals(OLD, applied(about(List.of(before, now), BOTH)));
        before.record(ApplyState.FAILED, "hook-class-mismatch", "");
        assertInstanceOf(Action.RollBack.class, about(List.of(before, now), BOTH));
    }

    @Test
    void notesThatANewerPatchReplacedAnOlder() throws Exception {
        assertEquals(NEW, applied(about(List.of(journal(OLD, 6)), BOTH)));
        assertEquals(
                OLD,
                assertInstanceOf(Action.Supersede.class, about(List.of(journal(OLD, 6), journal(NEW, 6)), BOTH))
                        .journal()
                        .patch());
    }

    @Test
    void saysOnceWhyAJvmCannotBeReached() throws Exception {
        Inspection refused =
                new Inspection.Refused(42, 4711, Optional.empty(), Optional.empty(), Refusal.ATTACH_DISABLED, "said");
        assertInstanceOf(Action.Refuse.class, decision.about(refused, List.of(), BOTH));
        assertInstanceOf(Action.Nothing.class, decision.about(refused, List.of(), List.of()));
        Journal journal = state.journal(KEY, NEW);
        journal.record(ApplyState.FAILED, Refusal.ATTACH_DISABLED.code(), "");
        assertInstanceOf(Action.Nothing.class, decision.about(refused, List.of(journal), BOTH));
    }

    private Action about(List<Journal> journals, List<PatchCandidate> candidates) {
        return decision.about(new Inspection.Attachable(PROCESS), journals, candidates);
    }

    private static Digest applied(Action action) {
        return assertInstanceOf(Action.Apply.class, action).candidate().digest();
    }

    /** A journal with the first few states on the way to OBSERVED. */
    private Journal journal(Digest patch, int steps) throws IOException {
        Journal journal = state.journal(KEY, patch);
        List<ApplyState> way = List.of(
                ApplyState.PULLED,
                ApplyState.VERIFIED,
                ApplyState.STAGED,
                ApplyState.ATTACHED,
                ApplyState.APPLIED,
                ApplyState.OBSERVED);
        for (ApplyState next : way.subList(0, steps)) {
            journal.record(next, "ok", "");
        }
        return journal;
    }
}
