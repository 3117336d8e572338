package dev.hotpatch.differ.lift;

import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Uses of an interface that a class has got and cannot show: tests, casts and calls also know the class. The verifier lets any object
 * pass for an interface, so nothing else is needed.
 */
final class GainedInterfaces {
    private static final String INSTANCE = "isInstance";
    private static final String CAST = "cast";
    private static final String TEST_DESC = "(Ljava/lang/Object;)Z";

    private GainedInterfaces() {}

    static @Nullable MethodInsnNode typeTest(LiftPlan plan, TypeInsnNode node) {
        if (plan.gained(node.desc).isEmpty()) {
            return null;
        }
        return switch (node.getOpcode()) {
            case Opcodes.INSTANCEOF ->
                new MethodInsnNode(Opcodes.INVOKESTATIC, plan.companion(node.desc), INSTANCE, TEST_DESC, false);
            case Opcodes.CHECKCAST ->
                new MethodInsnNode(Opcodes.INVOKESTATIC, plan.companion(node.desc), CAST, castDesc(node.desc), false);
            case Opcodes.ANEWARRAY ->
                throw new LiftException(
                        "an array of " + node.desc + " cannot hold objects of classes that get the interface");
            default -> null;
        };
    }

    /** The call that also knows the classes that have got the interface; null if there are none. */
    static @Nullable MethodInsnNode call(LiftPlan plan, MethodInsnNode call) {
        if (call.getOpcode() != Opcodes.INVOKEINTERFACE
                || plan.gained(call.owner).isEmpty()) {
            return null;
        }
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                plan.companion(call.owner),
                plan.gainedCall(call.owner, new MemberId(call.name, call.desc, false)),
                LiftedMethod.withReceiver(call.owner, call.desc),
                false);
    }

    /** The methods of the interface's companion, ready to run; those for calls that other code asked for are added later. */
    static List<MethodNode> tests(LiftPlan plan, String name) {
        return List.of(instance(name, plan.gained(name)), cast(plan, name));
    }

    private static MethodNode instance(String name, SortedSet<String> classes) {
        MethodNode method = method(INSTANCE, TEST_DESC);
        InsnList code = method.instructions;
        for (String type : classes) {
            LabelNode next = new LabelNode();
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            code.add(new TypeInsnNode(Opcodes.INSTANCEOF, type));
            code.add(new JumpInsnNode(Opcodes.IFEQ, next));
            code.add(new InsnNode(Opcodes.ICONST_1));
            code.add(new InsnNode(Opcodes.IRETURN));
            code.add(next);
            code.add(Code.sameFrame(TEST_DESC));
        }
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new TypeInsnNode(Opcodes.INSTANCEOF, name));
        code.add(new InsnNode(Opcodes.IRETURN));
        return method;
    }

    private static MethodNode cast(LiftPlan plan, String name) {
        String desc = castDesc(name);
        MethodNode method = method(CAST, desc);
        InsnList code = method.instructions;
        LabelNode good = new LabelNode();
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new JumpInsnNode(Opcodes.IFNULL, good));
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, plan.companion(name), INSTANCE, TEST_DESC, false));
        code.add(new JumpInsnNode(Opcodes.IFNE, good));
        code.add(new LdcInsnNode(Type.getObjectType(name)));
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new MethodInsnNode(
                Opcodes.INVOKEVIRTUAL, "java/lang/Class", "cast", "(Ljava/lang/Object;)Ljava/lang/Object;", false));
        code.add(new InsnNode(Opcodes.POP));
        code.add(good);
        code.add(Code.sameFrame(desc));
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new InsnNode(Opcodes.ARETURN));
        return method;
    }

    /** A call: classes that have got the interface first, all others as ever. */
    static MethodNode dispatcher(LiftPlan plan, Sites sites, String name, MemberId member, String methodName) {
        String desc = LiftedMethod.withReceiver(name, member.desc());
        MethodNode method = method(methodName, desc);
        InsnList code = method.instructions;
        InsnNode end = new InsnNode(Type.getReturnType(desc).getOpcode(Opcodes.IRETURN));
        Hierarchy after = plan.world().after();
        for (String type : plan.gained(name)) {
            LabelNode next = new LabelNode();
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            code.add(new TypeInsnNode(Opcodes.INSTANCEOF, type));
            code.add(new JumpInsnNode(Opcodes.IFEQ, next));
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, type));
            Code.loadArguments(code, member.desc(), 1);
            Hierarchy.Found found = after.member(type, member);
            if (found != null && found.owner().isInterface() && !found.is(Opcodes.ACC_ABSTRACT)) {
                throw new LiftException(
                        "the class " + type + " gets the default method " + member.text() + " of " + name);
            }
            MethodInsnNode call = new MethodInsnNode(Opcodes.INVOKEVIRTUAL, type, member.name(), member.desc(), false);
            MethodInsnNode other = sites.call(new Placement(plan.companion(name), name), call);
            code.add(other == null ? call : other);
            code.add(end.clone(java.util.Map.of()));
            code.add(next);
            code.add(Code.sameFrame(desc));
        }
        Code.loadArguments(code, desc, 0);
        code.add(new MethodInsnNode(Opcodes.INVOKEINTERFACE, name, member.name(), member.desc(), true));
        code.add(end);
        return method;
    }

    private static MethodNode method(String name, String desc) {
        return new MethodNode(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, name, desc, null, null);
    }

    private static String castDesc(String name) {
        return "(Ljava/lang/Object;)L" + name + ";";
    }
}
