package dev.hotpatch.differ.lift;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Code of the form "if the object is a T, do this and return", one T after the other. Where the code may not name T, as that is
 * package-private elsewhere, T's companion asks and calls in its place.
 */
final class TypeChain {
    private static final String IS = "hotpatchIs";
    private static final String IS_DESC = "(Ljava/lang/Object;)Z";

    private final LiftPlan plan;
    private final Companions companions;
    private final String host;
    private final FrameNode frame;
    private final InsnList code;

    /**
     * @param host the class that the code will be in
     * @param frame the stack map between two steps; the object is in slot 0
     */
    TypeChain(LiftPlan plan, Companions companions, String host, FrameNode frame, InsnList code) {
        this.plan = plan;
        this.companions = companions;
        this.host = host;
        this.frame = frame;
        this.code = code;
    }

    /**
     * Adds a step that calls a method for objects of a type.
     *
     * @param call a static method whose first parameter takes the object, or an instance method of the type
     * @param desc the method's arguments without the object; they are in the slots from 1
     */
    void call(String type, MethodInsnNode call, String desc) {
        boolean visible = isVisible(type);
        LabelNode next = new LabelNode();
        test(type, visible, next);
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        if (visible) {
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, type));
        }
        Code.loadArguments(code, desc, 1);
        code.add(visible ? call : bridge(type, call, desc));
        code.add(new InsnNode(Type.getReturnType(desc).getOpcode(Opcodes.IRETURN)));
        end(next);
    }

    /** Adds a step that returns true for objects of a type. */
    void yes(String type) {
        LabelNode next = new LabelNode();
        test(type, isVisible(type), next);
        code.add(new InsnNode(Opcodes.ICONST_1));
        code.add(new InsnNode(Opcodes.IRETURN));
        end(next);
    }

    private void end(LabelNode next) {
        code.add(next);
        code.add(frame.clone(java.util.Map.of()));
        // Two stack maps in one place are not allowed, and more code may follow that starts with one.
        code.add(new InsnNode(Opcodes.NOP));
    }

    private void test(String type, boolean visible, LabelNode next) {
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(
                visible
                        ? new TypeInsnNode(Opcodes.INSTANCEOF, type)
                        : new MethodInsnNode(Opcodes.INVOKESTATIC, is(type), IS, IS_DESC, false));
        code.add(new JumpInsnNode(Opcodes.IFEQ, next));
    }

    private boolean isVisible(String type) {
        ClassShape shape = plan.world().shapeInJvm(type);
        return shape == null || (shape.access() & Opcodes.ACC_PUBLIC) != 0 || Reach.samePackage(host, type);
    }

    /** The companion of the type, with the method that tells its objects. */
    private String is(String type) {
        String name = plan.companion(type);
        if (plan.once(name + '.' + IS)) {
            MethodNode method = method(IS, IS_DESC);
            method.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
            method.instructions.add(new TypeInsnNode(Opcodes.INSTANCEOF, type));
            method.instructions.add(new InsnNode(Opcodes.IRETURN));
            companion(type).methods.add(method);
        }
        return name;
    }

    private MethodInsnNode bridge(String type, MethodInsnNode call, String desc) {
        String name = plan.companion(type);
        String any = LiftedMethod.withReceiver("java/lang/Object", desc);
        String key = type + ' ' + call.owner + '.' + call.name + call.desc;
        String method = plan.bridges().get(key);
        if (method == null) {
            method = plan.name(name, call.name + "$any", any);
            plan.bridges().put(key, method);
            MethodNode node = method(method, any);
            node.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
            node.instructions.add(new TypeInsnNode(Opcodes.CHECKCAST, type));
            Code.loadArguments(node.instructions, desc, 1);
            node.instructions.add(call);
            node.instructions.add(new InsnNode(Type.getReturnType(desc).getOpcode(Opcodes.IRETURN)));
            companion(type).methods.add(node);
        }
        return new MethodInsnNode(Opcodes.INVOKESTATIC, name, method, any, false);
    }

    private org.objectweb.asm.tree.ClassNode companion(String type) {
        @Nullable ClassShape shape = plan.world().after().shape(type);
        return companions.of(plan.companion(type), type, shape == null ? Opcodes.V1_8 : shape.version(), null);
    }

    private static MethodNode method(String name, String desc) {
        return new MethodNode(Companions.METHOD | Opcodes.ACC_SYNTHETIC, name, desc, null, null);
    }
}
