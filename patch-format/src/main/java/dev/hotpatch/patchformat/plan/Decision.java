package dev.hotpatch.patchformat.plan;

import java.util.Locale;

/** What becomes of a class in a patch. */
public enum Decision {
    /** The bytes differ, the meaning does not: nothing to do. */
    NOISE,
    /** HotSpot takes the new class file as it is. */
    REDEFINE,
    /** A structural change, expressed so that HotSpot accepts it. */
    LIFT,
    /** Only the target has it: defined before anything is redefined. */
    NEW_CLASS,
    /** Only the base has it: it stays where it is loaded. */
    REMOVED,
    /** Cannot go live; the reasons say why. */
    BLOCKED;

    /** The word in JSON: {@code new-class}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
