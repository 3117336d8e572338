package dev.hotpatch.differ.lift;

import org.objectweb.asm.Opcodes;

/**
 * An added method becomes a static method of the companion, the receiver first. What overrides a method of the image is reached from
 * that method's own code; what only patched code calls, through a dispatcher.
 */
final class AddedMethod implements Lift {
    /** Who chooses among overriding methods. */
    enum Choice {
        NONE,
        DISPATCHER,
        JVM
    }

    private static final int NOT_VIRTUAL = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE;

    @Override
    public void plan(Delta delta, LiftPlan plan) {
        for (MemberId member : delta.added()) {
            if (member.isMethod() && !member.isConstructor() && !member.isInitialiser()) {
                plan(delta, member, plan);
            }
        }
    }

    private static void plan(Delta delta, MemberId member, LiftPlan plan) {
        int flags = delta.target().flags(member);
        if ((flags & Opcodes.ACC_NATIVE) != 0) {
            plan.block(delta.name(), LiftReasons.nativeMethod(member));
            return;
        }
        if ((flags & NOT_VIRTUAL) != 0) {
            lift(delta, member, Choice.NONE, plan);
            note(delta, member, "method", "a static method of the companion", plan);
            return;
        }
        Hierarchy.Found there = Overriding.overridden(plan.world().before(), delta.name(), member, flags);
        if (there == null) {
            warnOfUnknown(delta.name(), member, plan);
            lift(delta, member, Choice.DISPATCHER, plan);
            note(delta, member, "virtual", "a dispatcher in the companion", plan);
        } else if (there.is(Opcodes.ACC_ABSTRACT)) {
            // Every concrete class that exists has a method of its own.
            lift(delta, member, Choice.JVM, plan);
            note(delta, member, "virtual", "a static method of the companion, and existing classes their own", plan);
        } else if (plan.world().owns(there.owner().name())) {
            lift(delta, member, Choice.JVM, plan);
            plan.override(there.owner().name(), member, delta.name());
            note(
                    delta,
                    member,
                    "override",
                    "asked for by the method of " + there.owner().name(),
                    plan);
        } else if (!PlainForward.is(plan.world(), delta.name(), member)) {
            plan.block(
                    delta.name(),
                    LiftReasons.overridesOutside(member, there.owner().name()));
        }
    }

    /** A library that neither side has may declare the method, too, and call it. */
    private static void warnOfUnknown(String className, MemberId member, LiftPlan plan) {
        plan.world()
                .before()
                .unknownSuperType(className)
                .ifPresent(unknown -> plan.note(
                        className,
                        LiftReasons.warning(
                                "super-type-unknown",
                                member.text(),
                                "the class stands below " + unknown
                                        + ", which is neither in the base nor in the JDK; if that declares the added method, too, its calls"
                                        + " do not see it")));
    }

    static void lift(Delta delta, MemberId member, Choice choice, LiftPlan plan) {
        boolean isAbstract = (delta.target().flags(member) & Opcodes.ACC_ABSTRACT) != 0;
        String companion = plan.companion(delta.name());
        String desc = member.isStatic() ? member.desc() : LiftedMethod.withReceiver(delta.name(), member.desc());
        String body = isAbstract ? null : plan.name(companion, member.name(), desc);
        boolean choose =
                choice == Choice.DISPATCHER && (isAbstract || Dispatcher.isNeeded(plan.world(), delta.name(), member));
        String dispatch = choose ? plan.name(companion, member.name() + "$dispatch", desc) : null;
        plan.method(new LiftedMethod(delta.name(), member, companion, body, dispatch, choice == Choice.JVM));
    }

    private static void note(Delta delta, MemberId member, String kind, String how, LiftPlan plan) {
        plan.note(delta.name(), LiftReasons.lifted(kind, member.text(), "the added method becomes " + how));
    }
}
