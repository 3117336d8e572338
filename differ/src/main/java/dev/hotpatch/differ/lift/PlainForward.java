package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Recognises methods that only call the one that they override; without them nothing is different. */
final class PlainForward {
    private PlainForward() {}

    static boolean is(World world, String className, MemberId member) {
        Comparison.Changed changed = world.changed(className);
        if (changed == null) {
            return false;
        }
        ClassNode node = new ClassNode();
        new ClassReader(changed.targetBytes()).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return node.methods.stream()
                .filter(method -> MemberId.of(method).equals(member))
                .anyMatch(PlainForward::is);
    }

    private static boolean is(MethodNode method) {
        List<AbstractInsnNode> code = new ArrayList<>();
        for (AbstractInsnNode node : method.instructions) {
            if (node.getOpcode() >= 0) {
                code.add(node);
            }
        }
        Type[] arguments = Type.getArgumentTypes(method.desc);
        if (code.size() != arguments.length + 3 || !loads(code.get(0), Opcodes.ALOAD, 0)) {
            return false;
        }
        int slot = 1;
        for (int i = 0; i < arguments.length; i++) {
            if (!loads(code.get(i + 1), arguments[i].getOpcode(Opcodes.ILOAD), slot)) {
                return false;
            }
            slot += arguments[i].getSize();
        }
        return code.get(arguments.length + 1) instanceof MethodInsnNode call
                && call.getOpcode() == Opcodes.INVOKESPECIAL
                && call.name.equals(method.name)
                && call.desc.equals(method.desc)
                && code.get(arguments.length + 2).getOpcode()
                        == Type.getReturnType(method.desc).getOpcode(Opcodes.IRETURN);
    }

    private static boolean loads(AbstractInsnNode node, int opcode, int slot) {
        return node instanceof VarInsnNode variable && variable.getOpcode() == opcode && variable.var == slot;
    }
}
