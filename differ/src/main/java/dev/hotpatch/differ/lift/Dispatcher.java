package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
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

    /** The method, ready to run. */
    static MethodNode method(LiftPlan plan, Sites sites, Companions companions, LiftedMethod lifted, String name) {
        MethodNode method = new MethodNode(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, name, lifted.staticDesc(), null, null);
        InsnList code = method.instructions;
        nullCheck(code);
        TypeChain chain =
                new TypeChain(plan, companions, lifted.companion(), Code.sameFrame(lifted.staticDesc()), code);
        overriding(plan, sites, lifted.owner(), lifted.member(), type -> true, chain);
        if (lifted.body() == null) {
            noneHasIt(lifted, code);
        } else {
            Code.loadArguments(code, lifted.staticDesc(), 0);
            code.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, lifted.companion(), lifted.body(), lifted.staticDesc(), false));
            code.add(new InsnNode(Type.getReturnType(lifted.member().desc()).getOpcode(Opcodes.IRETURN)));
        }
        return method;
    }

    /** Adds a step for each class of a family that has a method of its own. */
    static void overriding(
            LiftPlan plan, Sites sites, String owner, MemberId member, Predicate<String> wanted, TypeChain chain) {
        for (Entry entry : entries(plan.world(), owner, member)) {
            if (wanted.test(entry.type.name())) {
                chain.call(entry.type.name(), call(plan, sites, entry), member.desc());
            }
        }
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

    private static MethodInsnNode call(LiftPlan plan, Sites sites, Entry entry) {
        MemberId member = entry.found.member();
        String type = entry.type.name();
        LiftedMethod lifted = plan.method(entry.found.owner().name(), member);
        String body = lifted == null ? null : lifted.body();
        if (lifted != null && body != null) {
            return new MethodInsnNode(Opcodes.INVOKESTATIC, lifted.companion(), body, lifted.staticDesc(), false);
        }
        boolean itf = entry.type.isInterface();
        MethodInsnNode call = new MethodInsnNode(
                itf ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL, type, member.name(), member.desc(), itf);
        ClassShape declaring = entry.found.owner();
        String above = declaring.name();
        boolean isDefault = declaring.isInterface() && !plan.world().inJvm().isSubtype(type, above);
        MethodInsnNode other = isDefault
                ? GainedInterfaces.defaultCall(plan, entry.found)
                : sites.call(new Placement(plan.companion(type), type), call);
        return other == null ? call : other;
    }

    private static void nullCheck(InsnList code) {
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new MethodInsnNode(
                Opcodes.INVOKEVIRTUAL, "java/lang/Object", "getClass", "()Ljava/lang/Class;", false));
        code.add(new InsnNode(Opcodes.POP));
    }
}
