package dev.hotpatch.differ.lift;

import java.util.List;
import java.util.TreeSet;

/**
 * What differs in the declarations of one class.
 *
 * @param added members that only the target has
 * @param removed members that only the base has
 * @param kept members of both, perhaps with other flags
 */
record Delta(
        String name,
        ClassShape base,
        ClassShape target,
        List<MemberId> added,
        List<MemberId> removed,
        List<MemberId> kept) {
    static Delta of(ClassShape base, ClassShape target) {
        TreeSet<MemberId> added = new TreeSet<>(target.members().keySet());
        added.removeAll(base.members().keySet());
        TreeSet<MemberId> removed = new TreeSet<>(base.members().keySet());
        removed.removeAll(target.members().keySet());
        TreeSet<MemberId> kept = new TreeSet<>(base.members().keySet());
        kept.removeAll(removed);
        return new Delta(base.name(), base, target, List.copyOf(added), List.copyOf(removed), List.copyOf(kept));
    }

    /** Whether a flag is there in the target and not in the base. */
    boolean gains(MemberId member, int flag) {
        return (base.flags(member) & flag) == 0 && (target.flags(member) & flag) != 0;
    }

    /** Whether a flag is there in the base and not in the target. */
    boolean loses(MemberId member, int flag) {
        return (base.flags(member) & flag) != 0 && (target.flags(member) & flag) == 0;
    }
}
