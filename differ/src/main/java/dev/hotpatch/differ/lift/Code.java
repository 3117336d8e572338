package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Short pieces of code that several lifts write. */
final class Code {
    /** Class files from this version on have them. */
    static final int STACK_MAPS = 50;

    private Code() {}

    /** Loads all arguments of a descriptor, the first of which is in {@code slot}; returns the slot after the last. */
    static int loadArguments(InsnList code, String desc, int slot) {
        int next = slot;
        for (Type type : Type.getArgumentTypes(desc)) {
            code.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), next));
            next += type.getSize();
        }
        return next;
    }

    /** The stack map of a place where locals are a static method's arguments and the stack is empty. */
    static FrameNode sameFrame(String desc) {
        List<Object> locals = locals(desc);
        return new FrameNode(Opcodes.F_NEW, locals.size(), locals.toArray(), 0, new Object[0]);
    }

    /** The stack map of a place in a constructor before it calls another. */
    static FrameNode constructorFrame(String desc) {
        List<Object> locals = locals(desc);
        locals.add(0, Opcodes.UNINITIALIZED_THIS);
        return new FrameNode(Opcodes.F_NEW, locals.size(), locals.toArray(), 0, new Object[0]);
    }

    /** The stack map of a place in an instance method where its arguments are untouched. */
    static FrameNode instanceFrame(String owner, String desc) {
        List<Object> locals = locals(desc);
        locals.add(0, owner);
        return new FrameNode(Opcodes.F_NEW, locals.size(), locals.toArray(), 0, new Object[0]);
    }

    private static List<Object> locals(String desc) {
        List<Object> locals = new ArrayList<>();
        for (Type type : Type.getArgumentTypes(desc)) {
            locals.add(frameType(type));
        }
        return locals;
    }

    static Object frameType(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            default -> type.getInternalName();
        };
    }

    /** Lets a method without arguments run another one's code where it returned. */
    static void append(MethodNode first, MethodNode second, int version) {
        AbstractInsnNode last = first.instructions.getLast();
        while (last != null && last.getOpcode() < 0) {
            last = last.getPrevious();
        }
        LabelNode next = new LabelNode();
        boolean jumps = false;
        for (AbstractInsnNode node : first.instructions.toArray()) {
            if (node.getOpcode() == Opcodes.RETURN && node == last) {
                first.instructions.set(node, new InsnNode(Opcodes.NOP));
            } else if (node.getOpcode() == Opcodes.RETURN) {
                first.instructions.set(node, new JumpInsnNode(Opcodes.GOTO, next));
                jumps = true;
            }
        }
        first.instructions.add(next);
        if (jumps && (version & 0xffff) >= STACK_MAPS) {
            first.instructions.add(new FrameNode(Opcodes.F_NEW, 0, new Object[0], 0, new Object[0]));
        }
        first.instructions.add(new InsnNode(Opcodes.NOP));
        first.instructions.add(second.instructions);
        first.tryCatchBlocks.addAll(second.tryCatchBlocks);
        first.maxLocals = Math.max(first.maxLocals, second.maxLocals);
        first.localVariables = null;
    }

    /** Inserts a copy of the code before each return of a method. */
    static void beforeReturns(MethodNode method, InsnList code) {
        for (AbstractInsnNode node : method.instructions.toArray()) {
            if (node.getOpcode() == Opcodes.RETURN) {
                for (AbstractInsnNode each : code) {
                    method.instructions.insertBefore(node, each.clone(Map.of()));
                }
            }
        }
    }

    /** Slots that the arguments of a descriptor take. */
    static int slots(String desc) {
        return (Type.getArgumentsAndReturnSizes(desc) >> 2) - 1;
    }

    /** Pushes the type's zero or null. */
    static InsnNode zero(Type type) {
        return new InsnNode(
                switch (type.getSort()) {
                    case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.ICONST_0;
                    case Type.FLOAT -> Opcodes.FCONST_0;
                    case Type.LONG -> Opcodes.LCONST_0;
                    case Type.DOUBLE -> Opcodes.DCONST_0;
                    default -> Opcodes.ACONST_NULL;
                });
    }

    static void push(InsnList code, int value) {
        if (value >= -1 && value <= 5) {
            code.add(new InsnNode(Opcodes.ICONST_0 + value));
        } else if (value == (short) value) {
            code.add(new IntInsnNode(Opcodes.SIPUSH, value));
        } else {
            code.add(new LdcInsnNode(value));
        }
    }

    /** Makes an object of the value on the stack. */
    static void box(InsnList code, Type type) {
        String box = boxOf(type);
        if (box != null) {
            code.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, box, "valueOf", "(" + type.getDescriptor() + ")L" + box + ";", false));
        }
    }

    /** Makes a value of that type of the object on the stack. */
    static void unbox(InsnList code, Type type) {
        String box = boxOf(type);
        if (box == null) {
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, type.getInternalName()));
        } else {
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, box));
            code.add(new MethodInsnNode(
                    Opcodes.INVOKEVIRTUAL, box, type.getClassName() + "Value", "()" + type.getDescriptor(), false));
        }
    }

    private static @org.jspecify.annotations.Nullable String boxOf(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.BYTE -> "java/lang/Byte";
            case Type.CHAR -> "java/lang/Character";
            case Type.SHORT -> "java/lang/Short";
            case Type.INT -> "java/lang/Integer";
            case Type.FLOAT -> "java/lang/Float";
            case Type.LONG -> "java/lang/Long";
            case Type.DOUBLE -> "java/lang/Double";
            default -> null;
        };
    }
}
