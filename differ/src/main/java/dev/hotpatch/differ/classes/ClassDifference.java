package dev.hotpatch.differ.classes;

import dev.hotpatch.patchformat.plan.Reason;
import java.util.List;

/**
 * How two class files of the same name differ by meaning.
 *
 * @param reasons of a class, what goes live without the effect that a restart has (changed constructors and constants); of a module, why
 *     it does not go live
 */
public record ClassDifference(Kind kind, List<Reason> reasons) {
    public ClassDifference {
        reasons = List.copyOf(reasons);
    }

    /** What it is that differs. */
    public enum Kind {
        NONE,
        CLASS,
        MODULE
    }
}
