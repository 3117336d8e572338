package dev.hotpatch.differ.lift;

import java.util.List;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Writes a class that only the target has, so that it fits among classes of the base's shape. */
final class NewClassFile {
    private NewClassFile() {}

    static byte[] write(LiftPlan plan, Sites sites, Companions companions, Comparison.Added added) {
        World world = plan.world();
        ClassShape shape = added.shape();
        checkAbove(plan, shape);
        ClassNode node = Trees.read(added.bytes());
        boolean changed = node.outerMethod != null;
        // The enclosing method may be a lifted one, which reflection would look for in vain.
        node.outerMethod = null;
        node.outerMethodDesc = null;
        if (NewClass.isStranger(world, shape)) {
            changed = true;
            node.nestHostClass = null;
            node.methods.forEach(method -> method.access = widened(world, shape, MemberId.of(method), method.access));
            node.fields.forEach(field -> field.access = widened(world, shape, MemberId.of(field), field.access));
        }
        changed |= moveOut(plan, sites, companions, node);
        for (MethodNode method : node.methods) {
            changed |= sites.rewrite(Placement.in(node.name), method);
        }
        changed |= forward(plan, node, shape);
        return changed ? Companions.bytes(node) : added.bytes();
    }

    /** Methods that the class may not have, as they are final above it. */
    private static boolean moveOut(LiftPlan plan, Sites sites, Companions companions, ClassNode node) {
        boolean any = false;
        for (MethodNode method : List.copyOf(node.methods)) {
            LiftedMethod lifted = plan.method(node.name, MemberId.of(method));
            String body = lifted == null ? null : lifted.body();
            if (lifted != null && body != null) {
                MethodNode moved = Companions.copy(method, Companions.METHOD, body, lifted.staticDesc());
                sites.rewrite(new Placement(lifted.companion(), node.name), moved);
                companions
                        .of(lifted.companion(), node.name, node.version, node.sourceFile)
                        .methods
                        .add(moved);
                node.methods.remove(method);
                any = true;
            }
        }
        return any;
    }

    private static int widened(World world, ClassShape shape, MemberId member, int access) {
        return (access & ~0xffff) | NewClass.flags(world, shape, member, access & 0xffff);
    }

    private static void checkAbove(LiftPlan plan, ClassShape shape) {
        for (String name : new TreeSet<>(shape.above())) {
            ClassShape there = plan.world().shapeInJvm(name);
            if (there == null || plan.world().added(name) != null) {
                continue;
            }
            if ((there.access() & Opcodes.ACC_FINAL) != 0) {
                throw new LiftException(
                        LiftReasons.hierarchy(
                                "the new class extends " + name
                                        + ", which stays final; code takes objects for that, and those that exist would run code made for others"));
            }
            if (there.permitted() != null && !there.permitted().contains(shape.name())) {
                throw new LiftException("the new class " + shape.name() + " is not permitted by the sealed " + name);
            }
            if ((there.access() & Opcodes.ACC_PUBLIC) == 0 && !Reach.samePackage(name, shape.name())) {
                throw new LiftException(
                        "the new class " + shape.name() + " extends " + name + ", which stays package-private");
            }
        }
    }

    /** Where the class inherits a lifted method and the JVM would find only an abstract one, it gets a method that leads there. */
    private static boolean forward(LiftPlan plan, ClassNode node, ClassShape shape) {
        if ((shape.access() & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) != 0) {
            return false;
        }
        boolean any = false;
        Hierarchy after = plan.world().after();
        Hierarchy inJvm = plan.world().inJvm();
        for (ClassShape above : after.superTypes(shape.name())) {
            for (LiftedMethod lifted : plan.methods(above.name())) {
                String body = lifted.body();
                Hierarchy.Found now = after.member(shape.name(), lifted.member());
                boolean inherits =
                        body != null && now != null && now.owner().name().equals(above.name());
                Hierarchy.Found there = inherits ? inJvm.member(shape.name(), lifted.member()) : null;
                if (body != null && there != null && there.is(Opcodes.ACC_ABSTRACT)) {
                    node.methods.add(forward(lifted, body, now == null ? 0 : now.flags()));
                    any = true;
                }
            }
        }
        return any;
    }

    private static MethodNode forward(LiftedMethod lifted, String body, int flags) {
        MemberId member = lifted.member();
        MethodNode method = new MethodNode(
                (flags & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) | Opcodes.ACC_SYNTHETIC,
                member.name(),
                member.desc(),
                null,
                null);
        Code.loadArguments(method.instructions, lifted.staticDesc(), 0);
        method.instructions.add(
                new MethodInsnNode(Opcodes.INVOKESTATIC, lifted.companion(), body, lifted.staticDesc(), false));
        method.instructions.add(new InsnNode(Type.getReturnType(member.desc()).getOpcode(Opcodes.IRETURN)));
        return method;
    }
}
