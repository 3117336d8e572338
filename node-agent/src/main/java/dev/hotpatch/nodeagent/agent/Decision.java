package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.nodeagent.journal.ApplyState;
import dev.hotpatch.nodeagent.journal.Journal;
import dev.hotpatch.nodeagent.journal.JournalRecord;
import dev.hotpatch.nodeagent.proc.Inspection;
import dev.hotpatch.nodeagent.proc.JvmProcess;
import dev.hotpatch.nodeagent.proc.Refusal;
import dev.hotpatch.patchformat.oci.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides what is done about one JVM, from what is known and without doing anything. A patch that the registry does not list any
 * more stays in force: an omission cannot take a patch out, only a person can.
 */
final class Decision {
    private final Predicate<Digest> withheld;
    private final Predicate<Digest> due;

    /** With {@code due}, whether the time has come to try or look at a patch again. */
    Decision(Predicate<Digest> withheld, Predicate<Digest> due) {
        this.withheld = withheld;
        this.due = due;
    }

    /**
     * The next action.
     *
     * @param journals of this JVM
     * @param candidates for its images, the one to prefer first
     */
    Action about(Inspection inspection, List<Journal> journals, List<PatchCandidate> candidates) {
        Optional<PatchCandidate> wanted = candidates.stream()
                .filter(candidate -> !withheld.test(candidate.digest()))
                .findFirst();
        if (inspection instanceof Inspection.Attachable attachable) {
            return about(attachable.process(), journals, wanted);
        }
        if (inspection instanceof Inspection.Refused refused && wanted.isPresent()) {
            boolean said = last(journals, wanted.get().digest())
                    .filter(record -> record.code().equals(refused.reason().code()))
                    .isPresent();
            return said ? new Action.Nothing() : new Action.Refuse(refused, wanted.get());
        }
        return new Action.Nothing();
    }

    private Action about(JvmProcess process, List<Journal> journals, Optional<PatchCandidate> wanted) {
        for (Journal journal : journals) {
            if (withheld.test(journal.patch()) && mustLeave(journal)) {
                return leave(process, journal, journals, wanted);
            }
        }
        if (wanted.isEmpty()) {
            return toObserve(process, journals);
        }
        Digest patch = wanted.get().digest();
        Optional<JournalRecord> last = last(journals, patch);
        ApplyState state = last.map(JournalRecord::state).orElse(ApplyState.ROLLED_BACK);
        if (state == ApplyState.FAILED) {
            boolean again = isPassing(last.orElseThrow().code()) && due.test(patch);
            return again ? new Action.Apply(process, wanted.get()) : new Action.Nothing();
        }
        if (!state.isInForce()) {
            return new Action.Apply(process, wanted.get());
        }
        for (Journal journal : journals) {
            boolean older = !journal.patch().equals(patch);
            if (older && journal.last().filter(r -> r.state().isInForce()).isPresent()) {
                return new Action.Supersede(journal);
            }
        }
        return toObserve(process, journals);
    }

    /**
     * Takes out a patch that is not wanted. Where another one is to follow, such as the one before, that takes its place in one step,
     * so that the base's code never runs in between.
     */
    private Action leave(JvmProcess process, Journal journal, List<Journal> journals, Optional<PatchCandidate> wanted) {
        Optional<JournalRecord> next = wanted.flatMap(candidate -> last(journals, candidate.digest()));
        boolean inForce = journal.last().filter(r -> r.state().isInForce()).isPresent();
        if (!inForce
                || wanted.isEmpty()
                || next.filter(r -> r.state() == ApplyState.FAILED).isPresent()) {
            return new Action.RollBack(process, journal);
        }
        Instant since = journal.last().orElseThrow().time();
        boolean replaced = next.filter(r -> r.state().isInForce() && r.time().isAfter(since))
                .isPresent();
        return replaced ? new Action.Supersede(journal) : new Action.Apply(process, wanted.get());
    }

    private Action toObserve(JvmProcess process, List<Journal> journals) {
        for (Journal journal : journals) {
            boolean open =
                    journal.last().filter(r -> r.state() == ApplyState.APPLIED).isPresent();
            if (open && due.test(journal.patch())) {
                return new Action.Observe(process, journal);
            }
        }
        return new Action.Nothing();
    }

    /** In force, or possibly so: the agent was killed, or a roll-back failed for a passing reason. */
    private boolean mustLeave(Journal journal) {
        JournalRecord last = journal.last().orElse(null);
        if (last == null || last.state() == ApplyState.ROLLED_BACK) {
            return false;
        }
        if (last.state() != ApplyState.FAILED) {
            return true;
        }
        boolean wasInForce = journal.records().stream().anyMatch(r -> r.state().isInForce());
        return wasInForce && isPassing(last.code()) && due.test(journal.patch());
    }

    private static Optional<JournalRecord> last(List<Journal> journals, Digest patch) {
        return journals.stream()
                .filter(journal -> journal.patch().equals(patch))
                .findFirst()
                .flatMap(Journal::last);
    }

    private static boolean isPassing(String code) {
        for (Refusal reason : Refusal.values()) {
            if (reason.code().equals(code)) {
                return reason.isPassing();
            }
        }
        // A patch is there before its signature is, and people sign and repair what is in a registry.
        return code.equals(JvmPatcher.IO_ERROR) || code.startsWith(JvmPatcher.UNVERIFIED);
    }
}
