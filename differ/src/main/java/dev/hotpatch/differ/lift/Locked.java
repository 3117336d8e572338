package dev.hotpatch.differ.lift;

import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/** A synchronized method where the flag is not to be had: it takes the lock, calls the code and gives the lock back. */
final class Locked {
    private static final int CLASS_CONSTANTS = 49;

    private Locked() {}

    /**
     * The method's instructions.
     *
     * @param call of a static method; its arguments are those of {@code method}
     * @param lockClass the class to lock for a static method, or empty to lock the first argument
     */
    static void write(MethodNode method, MethodInsnNode call, String lockClass, int version) {
        if (!lockClass.isEmpty() && (version & 0xffff) < CLASS_CONSTANTS) {
            throw new LiftException("a static synchronized method in a class file this old");
        }
        InsnList code = method.instructions;
        code.clear();
        method.tryCatchBlocks.clear();
        method.localVariables = null;
        Type result = Type.getReturnType(call.desc);
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        LabelNode handler = new LabelNode();
        lock(code, lockClass);
        code.add(new InsnNode(Opcodes.MONITORENTER));
        code.add(start);
        Code.loadArguments(code, call.desc, 0);
        code.add(call);
        lock(code, lockClass);
        code.add(new InsnNode(Opcodes.MONITOREXIT));
        code.add(end);
        code.add(new InsnNode(result.getOpcode(Opcodes.IRETURN)));
        code.add(handler);
        FrameNode frame = Code.sameFrame(call.desc);
        frame.stack = List.of("java/lang/Throwable");
        code.add(frame);
        lock(code, lockClass);
        code.add(new InsnNode(Opcodes.MONITOREXIT));
        code.add(new InsnNode(Opcodes.ATHROW));
        method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, handler, null));
    }

    private static void lock(InsnList code, String lockClass) {
        code.add(
                lockClass.isEmpty()
                        ? new VarInsnNode(Opcodes.ALOAD, 0)
                        : new LdcInsnNode(Type.getObjectType(lockClass)));
    }
}
