package dev.hotpatch.differ.effects;

import dev.hotpatch.patchformat.plan.Effect;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Looks into class files for what effects need. */
final class EffectMethods {
    private EffectMethods() {}

    static ClassNode read(String name, byte[] classFile) {
        ClassNode node = new ClassNode();
        try {
            new ClassReader(classFile).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + ": not a class file that can be read: " + e, e);
        }
        if (!node.name.equals(name)) {
            throw new IllegalArgumentException(
                    name + ".class has the class " + node.name + "; give the folder or jar in which packages begin");
        }
        return node;
    }

    /** The methods called {@code apply}, {@code probe} and {@code rollback} that can be effects. */
    static Map<Effect.Kind, String> named(ClassNode node) {
        Map<Effect.Kind, String> found = new TreeMap<>();
        for (MethodNode method : node.methods) {
            for (Effect.Kind kind : Effect.Kind.values()) {
                if (kind != Effect.Kind.DROP && method.name.equals(kind.word()) && fits(method, kind)) {
                    found.put(kind, method.name);
                }
            }
        }
        return found;
    }

    /** Throws unless the class has that method, static, without parameters, and a probe gives a boolean. */
    static void require(ClassNode node, Effect.Kind kind, String name) {
        if (node.methods.stream().noneMatch(method -> method.name.equals(name) && fits(method, kind))) {
            throw new IllegalArgumentException("effect " + kind.word() + ": " + node.name.replace('/', '.') + " has no"
                    + " method static " + (kind == Effect.Kind.PROBE ? "boolean " : "void ") + name + "()");
        }
    }

    private static boolean fits(MethodNode method, Effect.Kind kind) {
        return (method.access & Opcodes.ACC_STATIC) != 0
                && method.desc.equals(kind == Effect.Kind.PROBE ? "()Z" : "()V");
    }

    /** The descriptor of a static field that an action can be about. */
    static String field(ClassNode node, String name, boolean written) {
        for (FieldNode field : node.fields) {
            boolean reference = field.desc.startsWith("L") || (written && field.desc.startsWith("["));
            boolean writable = (field.access & Opcodes.ACC_FINAL) == 0;
            if (field.name.equals(name) && (field.access & Opcodes.ACC_STATIC) != 0 && reference) {
                if (written && !writable) {
                    throw new IllegalArgumentException("effect set-null: " + node.name.replace('/', '.') + "#" + name
                            + " is final, and no code can write it; clear it, or call a method");
                }
                return field.desc;
            }
        }
        throw new IllegalArgumentException("effect: the base's class " + node.name.replace('/', '.')
                + " has no static field " + name + " with an object");
    }

    /** The descriptor of a static method without parameters. */
    static String method(ClassNode node, String name) {
        return node.methods.stream()
                .filter(method -> method.name.equals(name)
                        && method.desc.startsWith("()")
                        && (method.access & Opcodes.ACC_STATIC) != 0)
                .map(method -> method.desc)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("effect call: the base's class "
                        + node.name.replace('/', '.') + " has no static method " + name + "()"));
    }
}
