package dev.hotpatch.differ.lift;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Static methods that make an object by an added constructor, for constructor references. */
final class Factories {
    static final String NAME = "make";

    private Factories() {}

    static MethodInsnNode call(LiftPlan plan, String owner, String desc) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, plan.companion(owner), NAME, methodDesc(owner, desc), false);
    }

    /** The method, with the constructor call as the target would write it. */
    static MethodNode method(LiftedConstructor constructor) {
        String desc = methodDesc(constructor.owner(), constructor.desc());
        MethodNode method =
                new MethodNode(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, NAME, desc, null, null);
        method.instructions.add(new TypeInsnNode(Opcodes.NEW, constructor.owner()));
        method.instructions.add(new InsnNode(Opcodes.DUP));
        Code.loadArguments(method.instructions, desc, 0);
        method.instructions.add(
                new MethodInsnNode(Opcodes.INVOKESPECIAL, constructor.owner(), "<init>", constructor.desc(), false));
        method.instructions.add(new InsnNode(Opcodes.ARETURN));
        return method;
    }

    private static String methodDesc(String owner, String desc) {
        return desc.substring(0, desc.length() - 1) + "L" + owner + ";";
    }
}
