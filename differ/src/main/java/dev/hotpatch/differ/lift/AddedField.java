package dev.hotpatch.differ.lift;

import org.objectweb.asm.Opcodes;

/** An added static field is one of a companion; an added instance field is a side table, keyed by the object. */
final class AddedField implements Lift {
    @Override
    public void plan(Delta delta, LiftPlan plan) {
        for (MemberId member : delta.added()) {
            if (member.isMethod()) {
                continue;
            }
            lift(delta.name(), member, plan);
        }
        for (MemberId member : delta.kept()) {
            boolean unfinal = !member.isMethod() && member.isStatic() && delta.loses(member, Opcodes.ACC_FINAL);
            if (unfinal) {
                lift(delta.name(), member, plan);
            }
        }
    }

    static void lift(String owner, MemberId member, LiftPlan plan) {
        String companion = member.isStatic() ? plan.staticsCompanion(owner) : sideTable(owner, member);
        plan.field(new LiftedField(owner, member, companion));
        plan.note(
                owner,
                LiftReasons.lifted(
                        member.isStatic() ? "static-field" : "instance-field",
                        member.text(),
                        member.isStatic() ? "a static field of the companion" : "a side table, keyed by the object"));
    }

    private static String sideTable(String owner, MemberId member) {
        return owner + "$$hp" + Tags.of(owner, member.name(), member.desc()) + "f";
    }
}
