package dev.hotpatch.differ.lift;

import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * New classes whose constructors call a private one of the super class, as nest mates may, and as the patched JVM, where they are none,
 * forbids. That constructor's code also runs inside another one, as if it were added.
 */
final class PrivateSuper {
    private PrivateSuper() {}

    static void plan(LiftPlan plan) {
        for (Comparison.Added added : plan.world().added().values()) {
            String above = added.shape().superName();
            if (above != null
                    && plan.world().baseBytes(above) != null
                    && NewClass.isStranger(plan.world(), added.shape())) {
                for (String desc : called(added, above)) {
                    lift(plan, above, desc);
                }
            }
        }
    }

    private static Set<String> called(Comparison.Added added, String above) {
        Set<String> called = new TreeSet<>();
        ClassNode node = Trees.read(added.bytes());
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                if (method.name.equals("<init>")
                        && instruction instanceof MethodInsnNode call
                        && call.name.equals("<init>")
                        && call.owner.equals(above)) {
                    called.add(call.desc);
                }
            }
        }
        return called;
    }

    private static void lift(LiftPlan plan, String above, String desc) {
        World world = plan.world();
        MemberId member = new MemberId("<init>", desc, false);
        ClassShape inJvm = world.shapeInJvm(above);
        int flags = inJvm == null ? -1 : inJvm.flags(member);
        boolean isPrivate = flags >= 0 && (flags & Opcodes.ACC_PRIVATE) != 0;
        if (inJvm == null || !isPrivate || plan.constructor(above, desc) != null) {
            return;
        }
        MemberId entry = AddedConstructor.entry(inJvm);
        // Where there is no other, the code that calls it says so.
        if (entry != null && AddedConstructor.reach(inJvm.flags(entry)) > 0) {
            AddedConstructor.lift(plan, above, member, entry);
            plan.rewrite(above);
        }
    }
}
