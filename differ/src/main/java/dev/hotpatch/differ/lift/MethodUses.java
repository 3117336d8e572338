package dev.hotpatch.differ.lift;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** The places of a class that name methods or types, before anything is lifted. */
final class MethodUses {
    private MethodUses() {}

    /**
     * Shows every call and every method handle to a function that may change its owner, opcode and kind.
     *
     * @param change takes handles as the call that they stand for
     */
    static void change(ClassNode node, Consumer<MethodInsnNode> change) {
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof MethodInsnNode call) {
                    change.accept(call);
                } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
                    dynamic.bsm = (Handle) constant(dynamic.bsm, change);
                    for (int i = 0; i < dynamic.bsmArgs.length; i++) {
                        dynamic.bsmArgs[i] = constant(dynamic.bsmArgs[i], change);
                    }
                } else if (instruction instanceof LdcInsnNode load) {
                    load.cst = constant(load.cst, change);
                }
            }
        }
    }

    private static Object constant(Object value, Consumer<MethodInsnNode> change) {
        if (value instanceof Handle handle && handle.getTag() > Opcodes.H_PUTSTATIC) {
            int opcode = Constants.opcode(handle.getTag());
            MethodInsnNode call = new MethodInsnNode(
                    opcode, handle.getOwner(), handle.getName(), handle.getDesc(), handle.isInterface());
            change.accept(call);
            int tag = call.getOpcode() == opcode ? handle.getTag() : tag(call.getOpcode());
            return new Handle(tag, call.owner, call.name, call.desc, call.itf);
        }
        if (value instanceof ConstantDynamic dynamic) {
            Object[] arguments = new Object[dynamic.getBootstrapMethodArgumentCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = constant(dynamic.getBootstrapMethodArgument(i), change);
            }
            Handle bootstrap = (Handle) constant(dynamic.getBootstrapMethod(), change);
            return new ConstantDynamic(dynamic.getName(), dynamic.getDescriptor(), bootstrap, arguments);
        }
        return value;
    }

    private static int tag(int opcode) {
        return switch (opcode) {
            case Opcodes.INVOKEVIRTUAL -> Opcodes.H_INVOKEVIRTUAL;
            case Opcodes.INVOKESTATIC -> Opcodes.H_INVOKESTATIC;
            case Opcodes.INVOKEINTERFACE -> Opcodes.H_INVOKEINTERFACE;
            default -> Opcodes.H_INVOKESPECIAL;
        };
    }

    /**
     * Whether code uses a type as an object of its own, where reflection sees what it is.
     *
     * @param arrays whether as the element of an array counts, too
     */
    static boolean reifies(ClassNode node, String type, boolean arrays) {
        Predicate<String> names = desc -> desc.contains("L" + type + ";");
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                boolean found = false;
                if (arrays && instruction instanceof TypeInsnNode use) {
                    found = names.test(use.desc) || (use.getOpcode() == Opcodes.ANEWARRAY && use.desc.equals(type));
                } else if (arrays && instruction instanceof MultiANewArrayInsnNode array) {
                    found = names.test(array.desc);
                } else if (instruction instanceof LdcInsnNode constant) {
                    found = isLiteral(constant.cst, names);
                }
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isLiteral(@Nullable Object constant, Predicate<String> names) {
        return constant instanceof Type type && type.getSort() != Type.METHOD && names.test(type.getDescriptor());
    }
}
