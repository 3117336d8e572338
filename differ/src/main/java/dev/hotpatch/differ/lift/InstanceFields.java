package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.companion.FieldCompanion;
import dev.hotpatch.differ.initial.FieldInitialValue;
import dev.hotpatch.differ.initial.InitialValue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Writes the side tables of one class's added instance fields, with what objects find there that exist already. */
final class InstanceFields {
    private final LiftPlan plan;
    private final Sites sites;
    private final Companions companions;
    private final ClassNode target;

    InstanceFields(LiftPlan plan, Sites sites, Companions companions, ClassNode target) {
        this.plan = plan;
        this.sites = sites;
        this.companions = companions;
        this.target = target;
    }

    void write() {
        List<MethodNode> constructors = target.methods.stream()
                .filter(method -> method.name.equals("<init>"))
                .toList();
        for (FieldNode field : target.fields) {
            MemberId member = MemberId.of(field);
            LiftedField lifted = plan.field(target.name, member);
            if (lifted != null && !member.isStatic()) {
                write(lifted, field, constructors);
            }
        }
    }

    private void write(LiftedField lifted, FieldNode field, List<MethodNode> constructors) {
        InitialValue initial = FieldInitialValue.of(target.name, constructors, field.name, field.desc);
        Object constant = null;
        FieldCompanion.InitialCall call = null;
        if (initial instanceof InitialValue.Constant value && !(value.value() instanceof Type)) {
            constant = value.value();
        } else if (initial instanceof InitialValue.Constant value) {
            call = call(field, classLiteral(value.value(), field.desc));
        } else if (initial instanceof InitialValue.Expression expression) {
            call = call(field, expression.method());
        } else if (initial instanceof InitialValue.Unknown unknown) {
            plan.note(
                    target.name,
                    LiftReasons.warning(
                            "existing-instances-see-default",
                            lifted.member().text(),
                            "objects that exist have 0 or null in the added field: " + unknown.why()));
        }
        boolean isVolatile = (field.access & Opcodes.ACC_VOLATILE) != 0;
        companions.put(
                lifted.companion(),
                target.name,
                FieldCompanion.generate(
                        lifted.companion(), target.name, field.name, field.desc, isVolatile, constant, call));
    }

    private static MethodNode classLiteral(Object value, String desc) {
        MethodNode method = new MethodNode(Opcodes.ACC_STATIC, "initial", "()" + desc, null, null);
        method.instructions.add(new LdcInsnNode(value));
        method.instructions.add(new InsnNode(Opcodes.ARETURN));
        return method;
    }

    private FieldCompanion.@Nullable InitialCall call(FieldNode field, MethodNode expression) {
        String companion = plan.companion(target.name);
        String name = plan.name(companion, field.name + "$initial", expression.desc);
        MethodNode method =
                Companions.copy(expression, Companions.METHOD | Opcodes.ACC_SYNTHETIC, name, expression.desc);
        sites.rewrite(new Placement(companion, target.name), method);
        companions
                .of(companion, target.name, target.version, target.sourceFile)
                .methods
                .add(method);
        return new FieldCompanion.InitialCall(companion, name, expression.desc, false);
    }
}
