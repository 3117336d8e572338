package dev.hotpatch.differ.lift;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * An added constructor runs inside an existing one: callers leave its arguments with the companion and call the existing constructor, which
 * looks there first. So `new` and `super(...)` are the same to it, and the verifier sees an ordinary constructor.
 */
final class AddedConstructor implements Lift {
    @Override
    public void plan(Delta delta, LiftPlan plan) {
        List<MemberId> added =
                delta.added().stream().filter(MemberId::isConstructor).toList();
        if (added.isEmpty()) {
            return;
        }
        MemberId entry = entry(delta.base());
        for (MemberId member : added) {
            if (entry == null) {
                plan.block(
                        delta.name(),
                        LiftReasons.unreachable(member, "the class has no constructor to run the added one in"));
            } else {
                lift(plan, delta.name(), member, entry);
            }
        }
    }

    /** The constructor in which others run: one that many can call. */
    static @Nullable MemberId entry(ClassShape base) {
        return base.members().keySet().stream()
                .filter(MemberId::isConstructor)
                .min(Comparator.comparingInt((MemberId member) -> -reach(base.flags(member)))
                        .thenComparingInt(member -> hasReference(member.desc()) ? 0 : 1)
                        .thenComparingInt(member -> Type.getArgumentCount(member.desc()))
                        .thenComparing(MemberId::desc))
                .orElse(null);
    }

    static void lift(LiftPlan plan, String owner, MemberId member, MemberId entry) {
        int number = plan.constructors(owner).size() + 1;
        plan.constructor(new LiftedConstructor(owner, member.desc(), entry.desc(), number, plan.companion(owner)));
        plan.note(
                owner, LiftReasons.lifted("constructor", member.text(), "runs inside the constructor " + entry.desc()));
    }

    /** From private to public. */
    static int reach(int flags) {
        if ((flags & Opcodes.ACC_PUBLIC) != 0) {
            return 3;
        }
        if ((flags & Opcodes.ACC_PROTECTED) != 0) {
            return 2;
        }
        return (flags & Opcodes.ACC_PRIVATE) != 0 ? 0 : 1;
    }

    private static boolean hasReference(String desc) {
        for (Type type : Type.getArgumentTypes(desc)) {
            if (type.getSort() >= Type.ARRAY) {
                return true;
            }
        }
        return false;
    }
}
