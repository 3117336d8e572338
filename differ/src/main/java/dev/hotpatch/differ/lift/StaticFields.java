package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.classes.ClassComparison;
import dev.hotpatch.differ.initial.StaticInitialiser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Moves the added static fields of one class, with the statements that fill them, into a companion of their own. */
final class StaticFields {
    private final LiftPlan plan;
    private final Sites sites;
    private final Companions companions;
    private final ClassNode base;
    private final ClassNode target;

    StaticFields(LiftPlan plan, Sites sites, Companions companions, ClassNode base, ClassNode target) {
        this.plan = plan;
        this.sites = sites;
        this.companions = companions;
        this.base = base;
        this.target = target;
    }

    /** Takes the statements out of the target's static initialiser. */
    void move() {
        List<FieldNode> fields = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (FieldNode field : target.fields) {
            MemberId member = MemberId.of(field);
            if (member.isStatic() && plan.field(target.name, member) != null) {
                fields.add(field);
                ids.add(member.text());
            }
        }
        MethodNode initialiser = initialiser(target);
        if (fields.isEmpty()) {
            compare(initialiser, initialiser(base));
            return;
        }
        MethodNode cut = initialiser == null ? null : split(initialiser, ids);
        ClassNode companion =
                companions.of(plan.staticsCompanion(target.name), target.name, target.version, target.sourceFile);
        for (FieldNode field : fields) {
            int access = Opcodes.ACC_PUBLIC
                    | Opcodes.ACC_STATIC
                    | (field.access & (Opcodes.ACC_FINAL | Opcodes.ACC_VOLATILE));
            companion.fields.add(new FieldNode(access, field.name, field.desc, null, field.value));
        }
        if (cut != null) {
            MethodNode moved = Companions.copy(cut, Opcodes.ACC_STATIC, "<clinit>", "()V");
            sites.rewrite(new Placement(companion.name, target.name), moved);
            companion.methods.add(moved);
        }
    }

    /**
     * The class may be initialised by the patch and run the base's code later, after a roll-back. That finds the fields filled that it alone
     * has.
     */
    void restore(MethodNode now) {
        MethodNode before = initialiser(base);
        if (before == null) {
            return;
        }
        Set<MemberId> still = Trees.fields(target).keySet();
        Set<String> gone = new HashSet<>();
        for (FieldNode field : base.fields) {
            MemberId member = MemberId.of(field);
            boolean unused = !still.contains(member) || plan.field(base.name, member) != null;
            if (member.isStatic() && unused && !EnumConstants.isAllConstants(base.name, member)) {
                gone.add(member.text());
            }
        }
        MethodNode fills = gone.isEmpty()
                ? null
                : StaticInitialiser.split(base.name, before, gone, StaticInitialiser.steady(base), node -> false)
                        .cut();
        if (fills != null) {
            Code.append(now, fills, target.version);
        }
        boolean grown = base.fields.stream()
                .map(MemberId::of)
                .anyMatch(member ->
                        EnumConstants.isAllConstants(base.name, member) && plan.field(base.name, member) != null);
        if (grown) {
            EnumConstants.restoreArray(base, now);
        }
    }

    private @Nullable MethodNode split(MethodNode initialiser, Set<String> ids) {
        StaticInitialiser.Split split =
                StaticInitialiser.split(target.name, initialiser, ids, StaticInitialiser.steady(target), node -> false);
        split.inseparable().forEach((field, why) -> plan.block(target.name, LiftReasons.inseparable(field, why)));
        target.methods.remove(initialiser);
        MethodNode kept = split.kept();
        if (kept != null) {
            target.methods.add(kept);
        } else if (initialiser(base) != null) {
            // Nothing is left of it, and the class cannot lose the method.
            MethodNode empty = new MethodNode(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
            empty.visitInsn(Opcodes.RETURN);
            target.methods.add(empty);
        }
        compare(kept, initialiser(base));
        return split.cut();
    }

    private void compare(@Nullable MethodNode now, @Nullable MethodNode before) {
        boolean same = before == null ? now == null : now != null && ClassComparison.sameCode(before, now);
        if (!same && !(now == null && isEmpty(before))) {
            plan.note(target.name, ClassComparison.initialiserNotRerun());
        }
    }

    private static boolean isEmpty(@Nullable MethodNode method) {
        return method == null || method.instructions.size() <= 3;
    }

    private static @Nullable MethodNode initialiser(ClassNode node) {
        return node.methods.stream()
                .filter(method -> method.name.equals("<clinit>"))
                .findFirst()
                .orElse(null);
    }
}
