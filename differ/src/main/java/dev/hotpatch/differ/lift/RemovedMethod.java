package dev.hotpatch.differ.lift;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** A removed method stays, as a loaded class cannot lose one. Where it hid an inherited method, it becomes the call of that. */
final class RemovedMethod {
    private RemovedMethod() {}

    /** What becomes of the base's method; {@code target} is the class as the target has it. */
    static MethodNode write(LiftPlan plan, ClassNode target, MethodNode old) {
        MethodInsnNode inherited = inherited(plan, target, old);
        if (inherited == null) {
            return old;
        }
        MethodNode method = Companions.copy(old, old.access, old.name, old.desc);
        method.instructions.clear();
        method.tryCatchBlocks.clear();
        MemberId member = MemberId.of(old);
        Code.loadArguments(
                method.instructions,
                member.isStatic() ? old.desc : LiftedMethod.withReceiver(target.name, old.desc),
                0);
        method.instructions.add(inherited);
        method.instructions.add(new InsnNode(Type.getReturnType(old.desc).getOpcode(Opcodes.IRETURN)));
        return method;
    }

    private static @Nullable MethodInsnNode inherited(LiftPlan plan, ClassNode target, MethodNode old) {
        MemberId member = MemberId.of(old);
        boolean hides = !member.isConstructor()
                && !member.isInitialiser()
                && (old.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_ABSTRACT)) == 0;
        Hierarchy.Found found = hides ? plan.world().after().member(target.name, member) : null;
        if (found == null || found.is(Opcodes.ACC_ABSTRACT) || !Overriding.isVisible(found, target.name)) {
            return null;
        }
        String owner = found.owner().name();
        LiftedMethod lifted = plan.method(owner, member);
        if (lifted != null) {
            String body = lifted.body();
            return body == null
                    ? null
                    : new MethodInsnNode(Opcodes.INVOKESTATIC, lifted.companion(), body, lifted.staticDesc(), false);
        }
        if (member.isStatic()) {
            return new MethodInsnNode(
                    Opcodes.INVOKESTATIC,
                    owner,
                    old.name,
                    old.desc,
                    found.owner().isInterface());
        }
        if (found.owner().isInterface() && !plan.world().inJvm().isSubtype(target.name, owner)) {
            return GainedInterfaces.defaultCall(plan, found);
        }
        String above = above(plan, target, found);
        return above == null
                ? null
                : new MethodInsnNode(Opcodes.INVOKESPECIAL, above, old.name, old.desc, !above.equals(target.superName));
    }

    /** The direct super type through which the method comes. */
    private static @Nullable String above(LiftPlan plan, ClassNode target, Hierarchy.Found found) {
        Hierarchy after = plan.world().after();
        String owner = found.owner().name();
        if (target.superName != null && after.isSubtype(target.superName, owner)) {
            return target.superName;
        }
        return target.interfaces.stream()
                .filter(face -> after.isSubtype(face, owner))
                .findFirst()
                .orElse(null);
    }
}
