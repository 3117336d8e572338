package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.objectweb.asm.Opcodes;

/** What a class is and where it stands: most of it stays the base's and harms nobody; what would, is blocked. */
final class KeptShape implements Lift {
    private static final int KIND = Opcodes.ACC_INTERFACE | Opcodes.ACC_ENUM | Opcodes.ACC_ANNOTATION;

    @Override
    public void plan(Delta delta, LiftPlan plan) {
        ClassShape base = delta.base();
        ClassShape target = delta.target();
        if (!Objects.equals(base.superName(), target.superName())) {
            String why = plan.world()
                    .rewriting()
                    .refusal(String.valueOf(target.superName()), ", which cannot be an interface: ");
            plan.block(
                    delta.name(),
                    LiftReasons.hierarchy(
                            "the super class changes from " + base.superName() + " to " + target.superName() + why));
        }
        if ((base.access() & KIND) != (target.access() & KIND)) {
            String why = plan.world().rewriting().refusal(delta.name(), ", and it cannot stay a class: ");
            plan.block(delta.name(), LiftReasons.hierarchy("class, interface, enum: one becomes another" + why));
        }
        if (plan.world().rewriting().isKeptClass(delta.name())) {
            plan.note(
                    delta.name(),
                    LiftReasons.lifted(
                            "class-kept", "", "the target's interface stays a class, which new classes extend"));
            plan.note(
                    delta.name(),
                    LiftReasons.warning(
                            "existing-instances-keep-code",
                            "",
                            "the class becomes an interface; its objects that exist keep the code they have"));
        }
        if (base.isRecord() || target.isRecord()) {
            record(delta, plan);
        }
        List<String> permitted = target.permitted();
        List<String> permittedBefore = base.permitted();
        if (permittedBefore != null) {
            List<String> more = new ArrayList<>(permitted == null ? List.of() : permitted);
            more.removeAll(permittedBefore);
            if (!more.isEmpty() || permitted == null) {
                plan.block(delta.name(), LiftReasons.sealed("the sealed class permits more: " + more));
            }
        }
        for (String removed : base.interfaces()) {
            if (!plan.world().after().isSubtype(delta.name(), removed)) {
                plan.note(
                        delta.name(),
                        LiftReasons.lifted("interface-removed", "", "the class keeps the interface " + removed));
            }
        }
        if (base.access() != target.access()) {
            plan.note(delta.name(), LiftReasons.lifted("modifiers", "", "the class keeps its modifiers"));
        }
    }

    private static void record(Delta delta, LiftPlan plan) {
        List<String> components = fields(delta.base());
        if (delta.base().isRecord() != delta.target().isRecord() || !components.equals(fields(delta.target()))) {
            plan.block(
                    delta.name(),
                    LiftReasons.record(
                            "the record's components change from " + components + " to " + fields(delta.target())));
        }
    }

    private static List<String> fields(ClassShape shape) {
        return shape.members().keySet().stream()
                .filter(member -> !member.isMethod() && !member.isStatic())
                .map(MemberId::text)
                .toList();
    }
}
