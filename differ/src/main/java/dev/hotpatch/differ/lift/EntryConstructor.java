package dev.hotpatch.differ.lift;

import java.util.Collection;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The existing constructor in which added ones run, and the part of the companion in which their arguments wait. */
final class EntryConstructor {
    private static final int FRAMES = 50;
    private static final String LOCAL = "java/lang/ThreadLocal";
    private static final String FIELD = "waiting";
    private static final String ARRAY = "[Ljava/lang/Object;";

    private EntryConstructor() {}

    /**
     * Puts the added constructors in front of the existing one's code.
     *
     * @param bodies by number, as constructors, rewritten already
     */
    static void compose(MethodNode entry, int version, LiftedConstructor any, Map<Integer, MethodNode> bodies) {
        boolean frames = (version & 0xffff) >= FRAMES;
        InsnList code = new InsnList();
        LabelNode original = new LabelNode();
        filter(code, entry.desc, original);
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, any.companion(), LiftedConstructor.PENDING, "()I", false));
        LabelNode[] labels = new LabelNode[bodies.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = new LabelNode();
        }
        code.add(new TableSwitchInsnNode(1, labels.length, original, labels));
        int slots = Code.slots(entry.desc) + 1;
        for (MethodNode body : bodies.values()) {
            slots = Math.max(slots, Math.max(body.maxLocals, Code.slots(body.desc) + 1));
        }
        int waiting = Math.max(slots, entry.maxLocals);
        bodies.forEach((number, body) -> {
            code.add(labels[number - 1]);
            if (frames) {
                code.add(Code.constructorFrame(entry.desc));
            }
            arguments(code, any.companion(), body.desc, waiting);
            code.add(body.instructions);
            entry.tryCatchBlocks.addAll(body.tryCatchBlocks);
        });
        code.add(original);
        if (frames) {
            code.add(Code.constructorFrame(entry.desc));
        }
        code.add(new InsnNode(Opcodes.NOP));
        entry.instructions.insert(code);
        entry.maxLocals = waiting + 1;
        // Ranges of variables do not say which of the codes they are in.
        entry.localVariables = null;
        entry.visibleLocalVariableAnnotations = null;
        entry.invisibleLocalVariableAnnotations = null;
    }

    /** Callers of added constructors pass null and zero, so most other calls need not look further. */
    private static void filter(InsnList code, String desc, LabelNode original) {
        int slot = 1;
        for (Type type : Type.getArgumentTypes(desc)) {
            if (type.getSort() >= Type.ARRAY) {
                code.add(new VarInsnNode(Opcodes.ALOAD, slot));
                code.add(new JumpInsnNode(Opcodes.IFNONNULL, original));
                return;
            }
            slot += type.getSize();
        }
    }

    private static void arguments(InsnList code, String companion, String desc, int waiting) {
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, companion, LiftedConstructor.ARGUMENTS, "()" + ARRAY, false));
        code.add(new VarInsnNode(Opcodes.ASTORE, waiting));
        int slot = 1;
        int index = 1;
        for (Type type : Type.getArgumentTypes(desc)) {
            code.add(new VarInsnNode(Opcodes.ALOAD, waiting));
            Code.push(code, index++);
            code.add(new InsnNode(Opcodes.AALOAD));
            Code.unbox(code, type);
            code.add(new VarInsnNode(type.getOpcode(Opcodes.ISTORE), slot));
            slot += type.getSize();
        }
    }

    /** Adds to the companion where arguments wait, how they get there and how they are asked for. */
    static void companion(ClassNode companion, Collection<LiftedConstructor> constructors) {
        companion.fields.add(new FieldNode(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, FIELD, "L" + LOCAL + ";", null, null));
        MethodNode initialiser = new MethodNode(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        InsnList start = initialiser.instructions;
        start.add(new TypeInsnNode(Opcodes.NEW, LOCAL));
        start.add(new InsnNode(Opcodes.DUP));
        start.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, LOCAL, "<init>", "()V", false));
        start.add(new FieldInsnNode(Opcodes.PUTSTATIC, companion.name, FIELD, "L" + LOCAL + ";"));
        start.add(new InsnNode(Opcodes.RETURN));
        companion.methods.add(initialiser);
        companion.methods.add(pending(companion));
        companion.methods.add(take(companion));
        for (LiftedConstructor constructor : constructors) {
            companion.methods.add(enter(companion, constructor));
            companion.methods.add(Factories.method(constructor));
        }
    }

    private static MethodNode method(String name, String desc) {
        return new MethodNode(Companions.METHOD | Opcodes.ACC_SYNTHETIC, name, desc, null, null);
    }

    private static void waiting(InsnList code, ClassNode companion) {
        code.add(new FieldInsnNode(Opcodes.GETSTATIC, companion.name, FIELD, "L" + LOCAL + ";"));
    }

    private static void get(InsnList code) {
        code.add(new MethodInsnNode(Opcodes.INVOKEVIRTUAL, LOCAL, "get", "()Ljava/lang/Object;", false));
        code.add(new TypeInsnNode(Opcodes.CHECKCAST, ARRAY));
    }

    private static void set(InsnList code) {
        code.add(new MethodInsnNode(Opcodes.INVOKEVIRTUAL, LOCAL, "set", "(Ljava/lang/Object;)V", false));
    }

    /** The number of the constructor that was entered, or 0. */
    private static MethodNode pending(ClassNode companion) {
        MethodNode method = method(LiftedConstructor.PENDING, "()I");
        InsnList code = method.instructions;
        LabelNode some = new LabelNode();
        waiting(code, companion);
        get(code);
        code.add(new VarInsnNode(Opcodes.ASTORE, 0));
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new JumpInsnNode(Opcodes.IFNONNULL, some));
        code.add(new InsnNode(Opcodes.ICONST_0));
        code.add(new InsnNode(Opcodes.IRETURN));
        code.add(some);
        code.add(new org.objectweb.asm.tree.FrameNode(Opcodes.F_NEW, 1, new Object[] {ARRAY}, 0, new Object[0]));
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new InsnNode(Opcodes.ICONST_0));
        code.add(new InsnNode(Opcodes.AALOAD));
        Code.unbox(code, Type.INT_TYPE);
        code.add(new InsnNode(Opcodes.IRETURN));
        return method;
    }

    /** The arguments, which then wait no longer. */
    private static MethodNode take(ClassNode companion) {
        MethodNode method = method(LiftedConstructor.ARGUMENTS, "()" + ARRAY);
        InsnList code = method.instructions;
        waiting(code, companion);
        get(code);
        waiting(code, companion);
        code.add(new InsnNode(Opcodes.ACONST_NULL));
        set(code);
        code.add(new InsnNode(Opcodes.ARETURN));
        return method;
    }

    private static MethodNode enter(ClassNode companion, LiftedConstructor constructor) {
        MethodNode method = method(LiftedConstructor.ENTER, constructor.desc());
        InsnList code = method.instructions;
        Type[] arguments = Type.getArgumentTypes(constructor.desc());
        waiting(code, companion);
        Code.push(code, arguments.length + 1);
        code.add(new TypeInsnNode(Opcodes.ANEWARRAY, "java/lang/Object"));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new InsnNode(Opcodes.ICONST_0));
        Code.push(code, constructor.number());
        Code.box(code, Type.INT_TYPE);
        code.add(new InsnNode(Opcodes.AASTORE));
        int slot = 0;
        for (int i = 0; i < arguments.length; i++) {
            code.add(new InsnNode(Opcodes.DUP));
            Code.push(code, i + 1);
            code.add(new VarInsnNode(arguments[i].getOpcode(Opcodes.ILOAD), slot));
            Code.box(code, arguments[i]);
            code.add(new InsnNode(Opcodes.AASTORE));
            slot += arguments[i].getSize();
        }
        set(code);
        code.add(new InsnNode(Opcodes.RETURN));
        return method;
    }
}
