package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.nodeagent.journal.Journal;
import dev.hotpatch.nodeagent.proc.Inspection;
import dev.hotpatch.nodeagent.proc.JvmProcess;

/** What is to be done about one JVM next. */
sealed interface Action {
    record Nothing() implements Action {}

    record Apply(JvmProcess process, PatchCandidate candidate) implements Action {}

    record Observe(JvmProcess process, Journal journal) implements Action {}

    record RollBack(JvmProcess process, Journal journal) implements Action {}

    /** The JVM cannot be reached; said once for each reason. */
    record Refuse(Inspection.Refused refused, PatchCandidate candidate) implements Action {}

    /** Another patch has taken the place of this one. */
    record Supersede(Journal journal) implements Action {}
}
