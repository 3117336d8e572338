package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.Comparator;
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

/** The static method that does for a lifted method what virtual dispatch does: the most derived class that has one of its own comes first. */
final class Dispatcher {
    /** A class whose objects run another method than their super class's. */
    private record Entry(ClassShape type, Hierarchy.Found found) {}

    private Dispatcher() {}

    /** Whether some class of the target overrides the method. */
    static boolean isNeeded(World world, String owner, MemberId member) {
        return !entries(world, owner, member).isEmpty();
    }

    private static List<Entry> entries(World world, String owner, MemberId member) {
        Hierarchy after = world.after();
        List<Entry> entries = new ArrayList<>();
        for (String name : world.subtypesAfter(owner)) {
            ClassShape shape = after.shape(name);
            Hierarchy.Found found = after.member(name, member);
            if (shape == null || found == null || found.owner().name().equals(owner)) {
                continue;
            }
            boolean overrides = !found.is(Opcodes.ACC_PRIVATE | Opcodes.ACC_ABSTRACT)
                    && !found.owner().name().equals(inheritedBy(after, shape, owner, member));
            if (overrides) {
                entries.add(new Entry(shape, found));
            }
        }
        entries.sort(Comparator.comparing((Entry entry) -> entry.type.isInterface())
                .thenComparingInt(entry -> -after.superTypes(entry.type.name()).size())
                .thenComparing(entry -> entry.type.name()));
        return entries;
    }

    /** The declaring class of what the super class runs, if that belongs to the family, too. */
    private static @Nullable String inheritedBy(Hierarchy after, ClassShape shape, String owner, MemberId member) {
        String above = shape.superName();
        if (shape.isInterface() || above == null || !after.isSubtype(above, owner)) {
            return null;
        }
        Hierarchy.Found inherited = after.member(above, member);
        return inherited == null ? null : inherited.owner().name();
    }

    /** The method; calls in it are still as the target would write them. */
    static MethodNode method(LiftPlan plan, LiftedMethod lifted, String name) {
        MemberId member = lifted.member();
        MethodNode method = new MethodNode(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, name, lifted.staticDesc(), null, null);
        InsnList code = method.instructions;
        nullCheck(code);
        List<Entry> entries = entries(plan.world(), lifted.owner(), member);
        for (Entry entry : entries) {
            LabelNode next = new LabelNode();
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            code.add(new TypeInsnNode(Opcodes.INSTANCEOF, entry.type.name()));
            code.add(new JumpInsnNode(Opcodes.IFEQ, next));
            call(plan, entry, method);
            code.add(next);
            code.add(Code.sameFrame(lifted.staticDesc()));
        }
        if (lifted.body() == null) {
            noneHasIt(lifted, code);
        } else {
            Code.loadArguments(code, lifted.staticDesc(), 0);
            code.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, lifted.companion(), lifted.body(), lifted.staticDesc(), false));
            code.add(new InsnNode(Type.getReturnType(member.desc()).getOpcode(Opcodes.IRETURN)));
        }
        return method;
    }

    private static void noneHasIt(LiftedMethod lifted, InsnList code) {
        code.add(new TypeInsnNode(Opcodes.NEW, "java/lang/AbstractMethodError"));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new LdcInsnNode(
                lifted.owner().replace('/', '.') + "." + lifted.member().text()));
        code.add(new MethodInsnNode(
                Opcodes.INVOKESPECIAL, "java/lang/AbstractMethodError", "<init>", "(Ljava/lang/String;)V", false));
        code.add(new InsnNode(Opcodes.ATHROW));
    }

    private static void call(LiftPlan plan, Entry entry, MethodNode method) {
        MemberId member = entry.found.member();
        LiftedMethod body = plan.method(entry.found.owner().name(), member);
        InsnList code = method.instructions;
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new TypeInsnNode(Opcodes.CHECKCAST, entry.type.name()));
        Code.loadArguments(code, member.desc(), 1);
        if (body != null && body.body() != null) {
            code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, body.companion(), body.body(), body.staticDesc(), false));
        } else {
            boolean itf = entry.type.isInterface();
            code.add(new MethodInsnNode(
                    itf ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL,
                    entry.type.name(),
                    member.name(),
                    member.desc(),
                    itf));
        }
        code.add(new InsnNode(Type.getReturnType(member.desc()).getOpcode(Opcodes.IRETURN)));
    }

    private static void nullCheck(InsnList code) {
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new MethodInsnNode(
                Opcodes.INVOKEVIRTUAL, "java/lang/Object", "getClass", "()Ljava/lang/Class;", false));
        code.add(new InsnNode(Opcodes.POP));
    }
}
