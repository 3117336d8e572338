package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;

/** A removed member stays. Where it hid an inherited field, code that means that one must name the class that has it. */
final class RemovedMember implements Lift {
    @Override
    public void plan(Delta delta, LiftPlan plan) {
        for (MemberId member : delta.removed()) {
            boolean accessible = (delta.base().flags(member) & Opcodes.ACC_PRIVATE) == 0;
            if (!member.isMethod() && accessible && plan.world().after().member(delta.name(), member) != null) {
                List<String> owners = new ArrayList<>(plan.world().subtypesAfter(delta.name()));
                owners.add(delta.name());
                Users.rewrite(plan, owners);
            }
        }
    }
}
