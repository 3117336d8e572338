package dev.hotpatch.differ.lift;

import java.util.Set;
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
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Objects that stand for those of a class where code outside the patch takes an interface that the class has got. */
final class Adapters {
    private static final String OBJECT = "java/lang/Object";
    private static final String FIELD = "adapted";
    private static final int METHOD = Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC;

    private final LiftPlan plan;
    private final Sites sites;
    private final Companions companions;

    Adapters(LiftPlan plan, Sites sites, Companions companions) {
        this.plan = plan;
        this.sites = sites;
        this.companions = companions;
    }

    /** Puts adapters in the place of arguments of a call that leaves the patch; true if any may be needed. */
    static boolean wrap(LiftPlan plan, MethodNode method, MethodInsnNode call) {
        Set<String> adapted = plan.adaptedInterfaces();
        if (adapted.isEmpty() || call.owner.startsWith("[") || !OutsideInterface.leaves(plan.world(), call)) {
            return false;
        }
        Type[] types = Type.getArgumentTypes(call.desc);
        boolean any = false;
        for (int index : OutsideInterface.parameters(call, adapted)) {
            any = true;
            InsnList code = new InsnList();
            int slot = Math.max(method.maxLocals, Code.slots(method.desc) + 1);
            for (int i = types.length - 1; i > index; i--) {
                code.add(new VarInsnNode(types[i].getOpcode(Opcodes.ISTORE), slot));
                slot += types[i].getSize();
            }
            method.maxLocals = Math.max(method.maxLocals, slot);
            String name = types[index].getInternalName();
            code.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC,
                    plan.companion(plan.adapted(name).first()),
                    wrapper(name),
                    desc(name),
                    false));
            for (int i = index + 1; i < types.length; i++) {
                slot -= types[i].getSize();
                code.add(new VarInsnNode(types[i].getOpcode(Opcodes.ILOAD), slot));
            }
            method.instructions.insertBefore(call, code);
        }
        return any;
    }

    private static String wrapper(String interfaceName) {
        return "adapt$" + simpleName(interfaceName);
    }

    private static String simpleName(String interfaceName) {
        return interfaceName.substring(interfaceName.lastIndexOf('/') + 1);
    }

    private static String desc(String interfaceName) {
        return "(L" + interfaceName + ";)L" + interfaceName + ";";
    }

    /** Writes the adapters of all classes that have got the interface, and the method that makes them where they are needed. */
    void write(String interfaceName) {
        String first = plan.adapted(interfaceName).first();
        String desc = desc(interfaceName);
        MethodNode method = new MethodNode(METHOD | Opcodes.ACC_STATIC, wrapper(interfaceName), desc, null, null);
        InsnList code = method.instructions;
        TypeChain chain = new TypeChain(plan, companions, plan.companion(first), Code.sameFrame(desc), code);
        for (String className : plan.adapted(interfaceName)) {
            String adapter = plan.companion(className) + "i" + simpleName(interfaceName);
            adapter(adapter, className, interfaceName);
            String make = "(L" + className + ";)L" + interfaceName + ";";
            chain.call(
                    className,
                    new MethodInsnNode(Opcodes.INVOKESTATIC, adapter, "of", make, false),
                    "()L" + interfaceName + ";");
        }
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new InsnNode(Opcodes.ARETURN));
        companions
                .of(plan.companion(first), first, version(first), null)
                .methods
                .add(method);
    }

    private int version(String className) {
        ClassShape shape = plan.world().after().shape(className);
        return shape == null ? Opcodes.V1_8 : shape.version();
    }

    private void adapter(String name, String className, String interfaceName) {
        ClassNode node = new ClassNode();
        node.visit(
                version(className),
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                OBJECT,
                new String[] {interfaceName});
        String type = "L" + className + ";";
        node.fields.add(new FieldNode(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, FIELD, type, null, null));
        MethodNode constructor = method(node, Opcodes.ACC_PRIVATE, "<init>", "(" + type + ")V");
        constructor.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
        constructor.instructions.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false));
        constructor.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
        constructor.instructions.add(new VarInsnNode(Opcodes.ALOAD, 1));
        constructor.instructions.add(new FieldInsnNode(Opcodes.PUTFIELD, name, FIELD, type));
        constructor.instructions.add(new InsnNode(Opcodes.RETURN));
        MethodNode of = method(node, METHOD | Opcodes.ACC_STATIC, "of", "(" + type + ")L" + interfaceName + ";");
        of.instructions.add(new TypeInsnNode(Opcodes.NEW, name));
        of.instructions.add(new InsnNode(Opcodes.DUP));
        of.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
        of.instructions.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, name, "<init>", "(" + type + ")V", false));
        of.instructions.add(new InsnNode(Opcodes.ARETURN));
        equals(node, type);
        delegate(node, className, new MemberId("hashCode", "()I", false));
        delegate(node, className, new MemberId("toString", "()Ljava/lang/String;", false));
        ClassShape shape = plan.world().after().shape(interfaceName);
        for (MemberId member :
                shape == null ? Set.<MemberId>of() : shape.members().keySet()) {
            if (!member.isStatic()) {
                delegate(node, className, member);
            }
        }
        companions.put(name, className, Companions.bytes(node));
    }

    private static MethodNode method(ClassNode node, int access, String name, String desc) {
        MethodNode method = new MethodNode(access, name, desc, null, null);
        node.methods.add(method);
        return method;
    }

    private void delegate(ClassNode node, String className, MemberId member) {
        boolean there = node.methods.stream().anyMatch(each -> MemberId.of(each).equals(member));
        if (there) {
            return;
        }
        MethodNode method = method(node, METHOD, member.name(), member.desc());
        InsnList code = method.instructions;
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new FieldInsnNode(Opcodes.GETFIELD, node.name, FIELD, "L" + className + ";"));
        Code.loadArguments(code, member.desc(), 1);
        code.add(new MethodInsnNode(Opcodes.INVOKEVIRTUAL, className, member.name(), member.desc(), false));
        code.add(new InsnNode(Type.getReturnType(member.desc()).getOpcode(Opcodes.IRETURN)));
        sites.rewrite(new Placement(node.name, className), method);
    }

    /** Two adapters are equal if what they stand for is. */
    private static void equals(ClassNode node, String type) {
        MethodNode method = method(node, METHOD, "equals", "(Ljava/lang/Object;)Z");
        InsnList code = method.instructions;
        LabelNode other = new LabelNode();
        code.add(new VarInsnNode(Opcodes.ALOAD, 1));
        code.add(new TypeInsnNode(Opcodes.INSTANCEOF, node.name));
        code.add(new JumpInsnNode(Opcodes.IFEQ, other));
        code.add(new VarInsnNode(Opcodes.ALOAD, 1));
        code.add(new TypeInsnNode(Opcodes.CHECKCAST, node.name));
        code.add(new FieldInsnNode(Opcodes.GETFIELD, node.name, FIELD, type));
        code.add(new VarInsnNode(Opcodes.ASTORE, 1));
        code.add(other);
        code.add(Code.instanceFrame(node.name, "(Ljava/lang/Object;)V"));
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new FieldInsnNode(Opcodes.GETFIELD, node.name, FIELD, type));
        code.add(new VarInsnNode(Opcodes.ALOAD, 1));
        code.add(new MethodInsnNode(Opcodes.INVOKEVIRTUAL, OBJECT, "equals", "(Ljava/lang/Object;)Z", false));
        code.add(new InsnNode(Opcodes.IRETURN));
    }
}
