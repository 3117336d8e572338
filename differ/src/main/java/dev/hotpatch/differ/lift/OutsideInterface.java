package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.classes.ClassReferences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
 * Whether an interface of the JDK that a class gets can be had through an adapter: all that the target does with the class's objects as
 * such is to hand them over in calls.
 */
final class OutsideInterface {
    /**
     * Interfaces that the JDK takes as parameters and never looks for in objects that it has got as something else. None has default
     * methods.
     */
    private static final Set<String> BY_PARAMETER = Set.of(
            "java/lang/Runnable",
            "java/lang/Thread$UncaughtExceptionHandler",
            "java/lang/reflect/InvocationHandler",
            "java/util/concurrent/Callable",
            "java/util/concurrent/ThreadFactory");

    private final World world;
    private final String className;
    private final String name;
    private final Set<String> family;

    /**
     * @param className the class that gets it
     */
    OutsideInterface(World world, String className, String name) {
        this.world = world;
        this.className = className;
        this.name = name;
        this.family = new HashSet<>(world.subtypesAfter(className));
        this.family.add(className);
    }

    /** What stands in the way; null if nothing does. */
    @Nullable
    String obstacle() {
        if (!BY_PARAMETER.contains(name)) {
            return "code that the patch does not rewrite asks for that";
        }
        ClassShape shape = world.after().shape(name);
        for (MemberId member :
                shape == null ? Set.<MemberId>of() : shape.members().keySet()) {
            Hierarchy.Found found = member.isStatic() ? null : world.after().member(className, member);
            if (found != null && found.owner().isInterface()) {
                return className + " leaves " + member.text() + " to classes below it";
            }
        }
        for (String each : world.namesAfter()) {
            byte[] bytes = world.bytesAfter(each);
            if (bytes != null) {
                Set<String> named = named(each, bytes);
                boolean knows = named.stream().anyMatch(family::contains);
                String obstacle = named.contains(name) ? obstacle(Trees.read(bytes), knows) : null;
                if (obstacle != null) {
                    return each + " " + obstacle;
                }
            }
        }
        return null;
    }

    /** All classes that one names, in the types of its own members, too. */
    private Set<String> named(String each, byte[] bytes) {
        Set<String> named = new HashSet<>(ClassReferences.of(bytes));
        ClassShape shape = world.after().shape(each);
        for (MemberId member :
                shape == null ? Set.<MemberId>of() : shape.members().keySet()) {
            Type type = Type.getType(member.desc());
            List<Type> types = new ArrayList<>();
            if (member.isMethod()) {
                types.addAll(List.of(type.getArgumentTypes()));
                type = type.getReturnType();
            }
            types.add(type);
            types.forEach(one -> named.add((one.getSort() == Type.ARRAY ? one.getElementType() : one)
                    .getClassName()
                    .replace('.', '/')));
        }
        return named;
    }

    /**
     * @param knows whether the code can have an object of the class without asking for the interface
     */
    private @Nullable String obstacle(ClassNode node, boolean knows) {
        if (knows && node.fields.stream().anyMatch(field -> names(field.desc))) {
            return "keeps one in a field";
        }
        for (MethodNode method : node.methods) {
            if (knows && names(method.desc)) {
                return "takes or returns one in " + method.name;
            }
            for (AbstractInsnNode instruction : method.instructions) {
                boolean found = asks(instruction) || (knows && uses(instruction));
                if (found) {
                    return "uses it in " + method.name;
                }
            }
        }
        return null;
    }

    private boolean asks(AbstractInsnNode instruction) {
        return (instruction instanceof TypeInsnNode use && (use.desc.equals(name) || names(use.desc)))
                || (instruction instanceof LdcInsnNode constant
                        && constant.cst instanceof Type type
                        && names(type.getDescriptor()))
                || (instruction instanceof MultiANewArrayInsnNode array && names(array.desc));
    }

    /** Any use but as the parameter of a call that leaves the patch. */
    private boolean uses(AbstractInsnNode instruction) {
        if (instruction instanceof FieldInsnNode field) {
            return names(field.desc);
        }
        if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            return names(dynamic.desc) || Arrays.toString(dynamic.bsmArgs).contains(name);
        }
        if (!(instruction instanceof MethodInsnNode call)) {
            return false;
        }
        return call.owner.equals(name)
                || names(Type.getReturnType(call.desc).getDescriptor())
                || call.desc.contains("[L" + name + ";")
                || (names(call.desc) && !leaves(world, call));
    }

    private boolean names(String desc) {
        return desc.contains("L" + name + ";");
    }

    /** Whether the call is of a method that the patch does not have. */
    static boolean leaves(World world, MethodInsnNode call) {
        Hierarchy.Found found = found(world, call);
        return !world.owns(found == null ? call.owner : found.owner().name());
    }

    private static Hierarchy.@Nullable Found found(World world, MethodInsnNode call) {
        return world.after()
                .member(call.owner, new MemberId(call.name, call.desc, call.getOpcode() == Opcodes.INVOKESTATIC));
    }

    /** The parameters of a call that are of the interface, the last first. */
    static List<Integer> parameters(MethodInsnNode call, Set<String> names) {
        Type[] types = Type.getArgumentTypes(call.desc);
        List<Integer> found = new ArrayList<>();
        for (int i = types.length - 1; i >= 0; i--) {
            if (types[i].getSort() == Type.OBJECT && names.contains(types[i].getInternalName())) {
                found.add(i);
            }
        }
        return found;
    }
}
