package dev.hotpatch.differ.lift;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** Methods of new classes that are final above them in the JVM: their code moves, and the final method asks for it. */
final class FinalOverrides {
    private static final int NOT_VIRTUAL = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_ABSTRACT;

    private FinalOverrides() {}

    static void plan(LiftPlan plan) {
        for (Comparison.Added added : plan.world().added().values()) {
            String above = added.shape().superName();
            for (Map.Entry<MemberId, Integer> entry : added.shape().members().entrySet()) {
                MemberId member = entry.getKey();
                boolean virtual = member.isMethod() && !member.isConstructor() && (entry.getValue() & NOT_VIRTUAL) == 0;
                Hierarchy.Found there = virtual && above != null ? below(plan.world(), above, member) : null;
                if (there != null
                        && there.is(Opcodes.ACC_FINAL)
                        && Overriding.isVisible(there, added.shape().name())) {
                    move(plan, added.shape().name(), member, there);
                }
            }
        }
    }

    /** What the JVM finds below all new classes, from which it may have moved, too. */
    static Hierarchy.@Nullable Found below(World world, String className, MemberId member) {
        Hierarchy.Found found = world.inJvm().member(className, member);
        while (found != null) {
            Comparison.Added added = world.added(found.owner().name());
            if (added == null) {
                return found;
            }
            String above = added.shape().superName();
            found = above == null ? null : world.inJvm().member(above, member);
        }
        return null;
    }

    private static void move(LiftPlan plan, String className, MemberId member, Hierarchy.Found there) {
        String host = there.owner().name();
        if (!plan.world().owns(host)) {
            plan.block(className, LiftReasons.overridesOutside(member, host));
            return;
        }
        String companion = plan.companion(className);
        String desc = LiftedMethod.withReceiver(className, member.desc());
        String body = plan.name(companion, member.name(), desc);
        plan.method(new LiftedMethod(className, member, companion, body, null, true));
        plan.override(host, member, className);
        plan.note(
                host,
                LiftReasons.lifted(
                        "override", member.text(), "the method stays final and asks for that of " + className));
    }
}
