package dev.hotpatch.differ.initial;

import java.util.Arrays;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/** Compares two methods by what a class that has nothing else would be, without lines and frames. */
final class MethodBytes {
    private MethodBytes() {}

    static boolean same(MethodNode one, MethodNode other) {
        return Arrays.equals(bytes(one), bytes(other));
    }

    private static byte[] bytes(MethodNode method) {
        MethodNode copy = new MethodNode(Opcodes.ACC_STATIC, "m", method.desc, null, null);
        method.accept(copy);
        copy.localVariables = null;
        for (AbstractInsnNode node : copy.instructions.toArray()) {
            if (node instanceof LineNumberNode || node instanceof FrameNode) {
                copy.instructions.remove(node);
            }
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, 0, "C", null, "java/lang/Object", null);
        copy.accept(writer);
        return writer.toByteArray();
    }
}
