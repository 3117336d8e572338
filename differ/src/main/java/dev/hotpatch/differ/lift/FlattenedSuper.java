package dev.hotpatch.differ.lift;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * A new class below one that stays final. Where no code of the target takes an object for the final class (it is made, and known by its
 * super types alone), nobody can tell whether the new class stands below it: the new class gets the final one's methods and stands beside
 * it.
 */
final class FlattenedSuper {
    private static final String SUFFIX = "$flattened";

    private final World world;
    private final ClassNode above;
    private final ClassNode node;

    private FlattenedSuper(World world, ClassNode above, ClassNode node) {
        this.world = world;
        this.above = above;
        this.node = node;
    }

    /** Rewrites the target where it can be done. */
    static void rewrite(World world) {
        for (Comparison.Added below : List.copyOf(world.added().values())) {
            write(world, below)
                    .ifPresent(bytes -> world.rewriteTarget(below.shape().name(), bytes));
        }
    }

    /** The new class beside the final one; empty if that would be told from the class below it, or needs not be. */
    private static Optional<byte[]> write(World world, Comparison.Added added) {
        String name = added.shape().superName();
        if (name == null) {
            return Optional.empty();
        }
        ClassShape inJvm = world.shapeInJvm(name);
        boolean stays = inJvm != null && (inJvm.access() & Opcodes.ACC_FINAL) != 0 && world.baseBytes(name) != null;
        byte[] bytes = stays ? world.bytesAfter(name) : null;
        if (bytes == null) {
            return Optional.empty();
        }
        FlattenedSuper flattened = new FlattenedSuper(world, Trees.read(bytes), Trees.read(added.bytes()));
        return flattened.isUnseen() ? Optional.of(flattened.write()) : Optional.empty();
    }

    private boolean isUnseen() {
        return above.fields.stream().allMatch(field -> (field.access & Opcodes.ACC_STATIC) != 0)
                && above.methods.stream().noneMatch(method -> method.name.equals("<init>") && !isPlain(method))
                && world.namesAfter().stream().allMatch(this::takesNoneFor);
    }

    /** A constructor that only calls that of the super class with no arguments. */
    static boolean isPlain(MethodNode constructor) {
        int instructions = 0;
        for (AbstractInsnNode instruction : constructor.instructions) {
            instructions += instruction.getOpcode() >= 0 ? 1 : 0;
        }
        return constructor.desc.equals("()V") && instructions == 3;
    }

    /** Whether a class uses the final one only to make objects of it, or to reach its static members. */
    private boolean takesNoneFor(String name) {
        byte[] bytes = world.bytesAfter(name);
        if (bytes == null || !world.mentions(name, above.name)) {
            return true;
        }
        ClassNode user = Trees.read(bytes);
        boolean declares = user.fields.stream().anyMatch(field -> names(field.desc))
                || (user.superName.equals(above.name) && !user.name.equals(node.name));
        return !declares && user.methods.stream().noneMatch(method -> names(method.desc) || uses(user, method));
    }

    private boolean names(String desc) {
        return desc.contains("L" + above.name + ";");
    }

    private boolean uses(ClassNode user, MethodNode method) {
        boolean inside = user.name.equals(above.name) || user.name.equals(node.name);
        for (AbstractInsnNode instruction : method.instructions) {
            boolean uses = false;
            if (instruction instanceof TypeInsnNode type) {
                uses = type.desc.contains(above.name) && type.getOpcode() != Opcodes.NEW;
            } else if (instruction instanceof MultiANewArrayInsnNode array) {
                uses = names(array.desc);
            } else if (instruction instanceof FieldInsnNode field) {
                uses = names(field.desc);
            } else if (instruction instanceof MethodInsnNode call) {
                boolean allowed = inside || call.name.equals("<init>") || call.getOpcode() == Opcodes.INVOKESTATIC;
                uses = names(call.desc) || (call.owner.equals(above.name) && !allowed);
            } else if (instruction instanceof LdcInsnNode constant) {
                uses = constant.cst instanceof Type type && type.getDescriptor().contains(above.name);
            } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
                uses = names(dynamic.desc)
                        || List.of(dynamic.bsmArgs).toString().contains(above.name);
            }
            if (uses) {
                return true;
            }
        }
        return false;
    }

    private byte[] write() {
        Map<MemberId, MethodNode> own = Trees.methods(node);
        Set<String> called = new HashSet<>();
        node.methods.forEach(method -> redirect(method, own, called));
        for (MethodNode method : above.methods) {
            MemberId member = MemberId.of(method);
            if (member.isStatic() || member.isConstructor()) {
                continue;
            }
            if (!own.containsKey(member)) {
                add(method, method.name, method.access);
            } else if (called.contains(member.text())) {
                add(method, method.name + SUFFIX, Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC);
            }
        }
        above.interfaces.stream()
                .filter(face -> !node.interfaces.contains(face))
                .forEach(node.interfaces::add);
        node.superName = above.superName;
        node.signature = null;
        return Companions.bytes(node);
    }

    /** Calls of the final class by {@code super} become calls of the copies. */
    private void redirect(MethodNode method, Map<MemberId, MethodNode> own, Set<String> called) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call
                    && call.owner.equals(above.name)
                    && call.getOpcode() != Opcodes.INVOKESTATIC) {
                if (call.name.equals("<init>")) {
                    call.owner = above.superName;
                    continue;
                }
                MemberId member = new MemberId(call.name, call.desc, false);
                boolean declared = above.methods.stream()
                        .anyMatch(each -> MemberId.of(each).equals(member));
                if (!declared) {
                    call.owner = above.superName;
                } else {
                    call.owner = node.name;
                    if (own.containsKey(member) && call.getOpcode() == Opcodes.INVOKESPECIAL) {
                        called.add(member.text());
                        call.name = call.name + SUFFIX;
                    }
                }
            }
        }
    }

    private void add(MethodNode original, String name, int access) {
        MethodNode copy = new MethodNode(
                Opcodes.ASM9,
                access & ~Opcodes.ACC_FINAL,
                name,
                original.desc,
                original.signature,
                original.exceptions.toArray(new String[0]));
        original.accept(copy);
        copy.localVariables = null;
        for (AbstractInsnNode instruction : copy.instructions) {
            if (instruction instanceof MethodInsnNode call
                    && call.owner.equals(above.name)
                    && call.getOpcode() != Opcodes.INVOKESTATIC
                    && !call.name.equals("<init>")) {
                call.owner = node.name;
            } else if (instruction instanceof org.objectweb.asm.tree.FrameNode frame) {
                frame.local = renamed(frame.local);
                frame.stack = renamed(frame.stack);
            }
        }
        node.methods.add(copy);
    }

    private List<Object> renamed(@Nullable List<Object> types) {
        return types == null
                ? List.of()
                : types.stream()
                        .map(type -> above.name.equals(type) ? (Object) node.name : type)
                        .toList();
    }
}
