package dev.hotpatch.differ.lift;

import java.util.List;
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
    static @Nullable MethodInsnNode call(LiftPlan plan, MethodInsnNode call, Hierarchy.Found found) {
        if (found.is(Opcodes.ACC_PRIVATE) && !plan.gained(found.owner().name()).isEmpty()) {
            return defaultCall(plan, found);
        }
        if (call.getOpcode() == Opcodes.INVOKESPECIAL) {
            return null;
        }
        if (call.getOpcode() == Opcodes.INVOKEINTERFACE
                && !plan.gained(call.owner).isEmpty()) {
            return call(plan, call.owner, found.member());
        }
        String owner = found.owner().name();
        boolean hidden = found.owner().isInterface()
                && !owner.equals(call.owner)
                && !plan.gained(owner).isEmpty()
                && !plan.world().inJvm().isSubtype(call.owner, owner);
        return hidden ? call(plan, owner, found.member()) : null;
    }

    private static MethodInsnNode call(LiftPlan plan, String owner, MemberId member) {
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                plan.companion(owner),
                plan.gainedCall(owner, member),
                LiftedMethod.withReceiver(owner, member.desc()),
                false);
    }

    /** The call of a default method's own code, for an object that the JVM does not hold to be of the interface. */
    static MethodInsnNode defaultCall(LiftPlan plan, Hierarchy.Found found) {
        String owner = found.owner().name();
        LiftedMethod lifted = plan.method(owner, found.member());
        if (lifted != null && lifted.body() != null) {
            return new MethodInsnNode(
                    Opcodes.INVOKESTATIC, lifted.companion(), lifted.body(), lifted.staticDesc(), false);
        }
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                plan.companion(owner),
                plan.defaultCopy(owner, found.member()),
                LiftedMethod.withReceiver(owner, found.member().desc()),
                false);
    }

    /** The methods of the interface's companion, ready to run; those for calls that other code asked for are added later. */
    static List<MethodNode> tests(LiftPlan plan, Companions companions, String name) {
        return List.of(instance(plan, companions, name), cast(plan, name));
    }

    private static MethodNode instance(LiftPlan plan, Companions companions, String name) {
        MethodNode method = method(INSTANCE, TEST_DESC);
        InsnList code = method.instructions;
        TypeChain chain = new TypeChain(plan, companions, plan.companion(name), Code.sameFrame(TEST_DESC), code);
        plan.gained(name).forEach(chain::yes);
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

    /** A call: classes that have got the interface first, with all below them, all others as ever. */
    static MethodNode dispatcher(
            LiftPlan plan, Sites sites, Companions companions, String name, MemberId member, String methodName) {
        String desc = LiftedMethod.withReceiver(name, member.desc());
        MethodNode method = method(methodName, desc);
        InsnList code = method.instructions;
        Hierarchy inJvm = plan.world().inJvm();
        TypeChain chain = new TypeChain(plan, companions, plan.companion(name), Code.sameFrame(desc), code);
        Dispatcher.overriding(plan, sites, name, member, below -> !inJvm.isSubtype(below, name), chain);
        for (String gaining : plan.gained(name)) {
            Hierarchy.Found found = plan.world().after().member(gaining, member);
            if (found != null && found.owner().isInterface() && !found.is(Opcodes.ACC_ABSTRACT)) {
                String declaring = found.owner().name();
                if (!inJvm.isSubtype(gaining, declaring)) {
                    chain.call(gaining, defaultCall(plan, found), member.desc());
                }
            }
        }
        Code.loadArguments(code, desc, 0);
        code.add(new MethodInsnNode(Opcodes.INVOKEINTERFACE, name, member.name(), member.desc(), true));
        code.add(new InsnNode(Type.getReturnType(desc).getOpcode(Opcodes.IRETURN)));
        return method;
    }

    private static MethodNode method(String name, String desc) {
        return new MethodNode(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, name, desc, null, null);
    }

    private static String castDesc(String name) {
        return "(Ljava/lang/Object;)L" + name + ";";
    }
}
