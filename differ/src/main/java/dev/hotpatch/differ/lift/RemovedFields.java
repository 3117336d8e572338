package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.initial.FieldInitialValue;
import dev.hotpatch.differ.initial.InitialValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Instance fields that the target lacks. Objects that are made while the patch is in may live on after a roll-back, where the base's code
 * looks into these fields; so the target's constructors fill them as the base's do, where nobody can see that it was done.
 */
final class RemovedFields {
    private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";
    private static final Set<String> BOXES = Set.of(
            "java/lang/Boolean",
            "java/lang/Byte",
            "java/lang/Character",
            "java/lang/Short",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Float",
            "java/lang/Double");

    private final InsnList code = new InsnList();

    RemovedFields(ClassNode base, ClassNode target) {
        Set<MemberId> still = Trees.fields(target).keySet();
        List<MethodNode> constructors = constructors(base);
        for (FieldNode field : base.fields) {
            MemberId member = MemberId.of(field);
            if (!member.isStatic() && !still.contains(member)) {
                InsnList value = value(FieldInitialValue.of(base.name, constructors, field.name, field.desc));
                if (value != null) {
                    code.add(new VarInsnNode(Opcodes.ALOAD, 0));
                    code.add(value);
                    code.add(new FieldInsnNode(Opcodes.PUTFIELD, base.name, field.name, field.desc));
                }
            }
        }
    }

    private static List<MethodNode> constructors(ClassNode node) {
        return node.methods.stream()
                .filter(method -> method.name.equals("<init>"))
                .toList();
    }

    /** Fills them first of all; a constructor may assign fields of its own class before it calls that of the super class. */
    void fill(MethodNode constructor) {
        for (AbstractInsnNode last = code.getLast(); last != null; last = last.getPrevious()) {
            constructor.instructions.insert(last.clone(Map.of()));
        }
    }

    private static @Nullable InsnList value(InitialValue initial) {
        InsnList value = new InsnList();
        if (initial instanceof InitialValue.Constant constant && !(constant.value() instanceof Type)) {
            value.add(new LdcInsnNode(constant.value()));
            return value;
        }
        if (!(initial instanceof InitialValue.Expression expression) || expression.usesThis()) {
            return null;
        }
        for (AbstractInsnNode node : expression.method().instructions) {
            boolean marks = node instanceof LabelNode || node instanceof LineNumberNode || node instanceof FrameNode;
            boolean returns = node.getOpcode() >= Opcodes.IRETURN && node.getOpcode() <= Opcodes.ARETURN;
            if (!marks && !returns && !isUnseen(node)) {
                return null;
            }
            if (!marks && !returns) {
                value.add(node.clone(Map.of()));
            }
        }
        return value;
    }

    /** Whether an instruction has no effect but a new object, array or value of the JDK's. */
    private static boolean isUnseen(AbstractInsnNode node) {
        if (node instanceof MethodInsnNode call) {
            boolean makes = call.name.equals("<init>") && call.owner.startsWith("java/util/");
            return makes
                    || call.owner.equals("java/lang/Object")
                    || (call.name.equals("valueOf") && BOXES.contains(call.owner));
        }
        if (node instanceof TypeInsnNode type) {
            return type.desc.startsWith("java/util/")
                    || type.desc.startsWith("java/lang/")
                    || type.desc.startsWith("[");
        }
        if (node instanceof InvokeDynamicInsnNode dynamic) {
            Handle bootstrap = dynamic.bsm;
            return bootstrap.getOwner().equals(LAMBDAS);
        }
        if (node instanceof LdcInsnNode constant) {
            return !(constant.cst instanceof Type);
        }
        int opcode = node.getOpcode();
        return opcode <= Opcodes.SIPUSH
                || opcode == Opcodes.NEWARRAY
                || opcode == Opcodes.DUP
                || (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE);
    }
}
