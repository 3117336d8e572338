package dev.hotpatch.nodeagent.journal;

import java.util.EnumSet;
import java.util.Set;

/**
 * How far one patch is in one JVM. A state is on disk before the action that follows it:
 * {@code PULLED → VERIFIED → STAGED → ATTACHED → APPLIED → OBSERVED}; from any of them to {@code FAILED} or
 * {@code ROLLED_BACK}, and from those, and from any state in which an agent was killed, back to the beginning.
 */
public enum ApplyState {
    /** The patch is on this node. */
    PULLED,
    /** Its signature and digests are right. */
    VERIFIED,
    /** The hook and the live unit are in the container's /tmp. */
    STAGED,
    /** The JVM listens; the next thing it hears is the patch. */
    ATTACHED,
    /** The hook says that the patch is in force. */
    APPLIED,
    /** The hook was asked again: in force, and no thread runs old code any more. */
    OBSERVED,
    /** Taken out again. */
    ROLLED_BACK,
    /** Not applied; the detail says why. */
    FAILED;

    private static final Set<ApplyState> FINAL = EnumSet.of(OBSERVED, ROLLED_BACK, FAILED);

    /** Whether nothing follows by itself. */
    public boolean isFinal() {
        return FINAL.contains(this);
    }

    /** Whether, as far as the journal knows, the patch's code is in the JVM. */
    public boolean isInForce() {
        return this == APPLIED || this == OBSERVED;
    }

    boolean mayFollow(ApplyState before) {
        return switch (this) {
            case PULLED -> true;
            case VERIFIED -> before == PULLED;
            case STAGED -> before == VERIFIED;
            case ATTACHED -> before == STAGED;
            // A killed agent that finds the patch in force records just that.
            case APPLIED -> before != ROLLED_BACK;
            case OBSERVED -> before == APPLIED;
            case ROLLED_BACK, FAILED -> true;
        };
    }
}
