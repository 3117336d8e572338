package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * A method that a class of the target overrides and none of the base does: it asks first whether the object is of that class. Who means
 * the method itself, by {@code super}, calls a copy of it.
 */
final class Originals {
    private Originals() {}

    /** The call of the copy. */
    static MethodInsnNode call(LiftPlan plan, Hierarchy.Found found) {
        String host = found.owner().name();
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                plan.companion(host),
                plan.original(host, found.member()),
                LiftedMethod.withReceiver(host, found.member().desc()),
                false);
    }

    /** Puts the question in front of the method's code. */
    static void ask(LiftPlan plan, String host, MethodNode method) {
        MemberId member = MemberId.of(method);
        Hierarchy after = plan.world().after();
        List<String> overriders = new ArrayList<>(plan.overridden(host).get(member));
        overriders.sort(
                Comparator.comparingInt((String name) -> -after.superTypes(name).size())
                        .thenComparing(Comparator.naturalOrder()));
        InsnList code = new InsnList();
        for (String overrider : overriders) {
            LiftedMethod lifted = plan.method(overrider, member);
            if (lifted == null || lifted.body() == null) {
                continue;
            }
            LabelNode next = new LabelNode();
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            code.add(new TypeInsnNode(Opcodes.INSTANCEOF, overrider));
            code.add(new JumpInsnNode(Opcodes.IFEQ, next));
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, overrider));
            Code.loadArguments(code, member.desc(), 1);
            code.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, lifted.companion(), lifted.body(), lifted.staticDesc(), false));
            code.add(new InsnNode(Type.getReturnType(member.desc()).getOpcode(Opcodes.IRETURN)));
            code.add(next);
            code.add(Code.instanceFrame(host, member.desc()));
            code.add(new InsnNode(Opcodes.NOP));
        }
        method.instructions.insert(code);
    }
}
