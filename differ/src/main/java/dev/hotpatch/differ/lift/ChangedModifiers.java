package dev.hotpatch.differ.lift;

import org.objectweb.asm.Opcodes;

/** Members keep the base's flags; what the target's flags would do is done by code, where code can. */
final class ChangedModifiers implements Lift {
    @Override
    public void plan(Delta delta, LiftPlan plan) {
        for (MemberId member : delta.kept()) {
            int before = delta.base().flags(member);
            int after = delta.target().flags(member);
            if (before == after) {
                continue;
            }
            plan.note(delta.name(), LiftReasons.lifted("modifiers", member.text(), "the member keeps its modifiers"));
            if (member.isMethod()) {
                method(delta, member, plan);
            } else if (delta.gains(member, Opcodes.ACC_VOLATILE)) {
                plan.note(
                        delta.name(),
                        LiftReasons.warning(
                                "modifier-not-live", member.text(), "the field becomes volatile only with a restart"));
            }
        }
    }

    private static void method(Delta delta, MemberId member, LiftPlan plan) {
        if (delta.gains(member, Opcodes.ACC_NATIVE) || delta.loses(member, Opcodes.ACC_NATIVE)) {
            plan.block(delta.name(), LiftReasons.nativeMethod(member));
        }
        if (delta.loses(member, Opcodes.ACC_SYNCHRONIZED)) {
            plan.note(
                    delta.name(),
                    LiftReasons.warning(
                            "modifier-not-live", member.text(), "the method stays synchronized until a restart"));
        }
        boolean opened = delta.loses(member, Opcodes.ACC_PRIVATE) && !member.isStatic() && !member.isConstructor();
        boolean bodied = delta.loses(member, Opcodes.ACC_ABSTRACT);
        if (bodied || (opened && Dispatcher.isNeeded(plan.world(), delta.name(), member))) {
            AddedMethod.lift(delta, member, opened ? AddedMethod.Choice.DISPATCHER : AddedMethod.Choice.JVM, plan);
        }
    }
}
