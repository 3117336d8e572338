package dev.hotpatch.differ.align;

import dev.hotpatch.differ.classes.ClassComparison;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.fixture.Classes;
import dev.hotpatch.differ.fixture.FixedSide;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Two versions of a program and their alignment. */
final class Versions {
    final TreeMap<String, byte[]> base;
    final TreeMap<String, byte[]> target;
    final Alignment alignment;

    /** The target's classes as the patched JVM has them. */
    final TreeMap<String, byte[]> aligned = new TreeMap<>();

    Versions(Map<String, byte[]> base, Map<String, byte[]> target) {
        this.base = new TreeMap<>(base);
        this.target = new TreeMap<>(target);
        this.alignment =
                Alignment.of(new FixedSide(base), new FixedSide(target), "t", new Parallel(2), new KnownGroups());
        target.forEach((name, file) -> aligned.put(alignment.className(name), alignment.apply(file)));
    }

    static Versions of(String base, String target) {
        return new Versions(Classes.compile(base), Classes.compile(target));
    }

    static Versions of(int release, String base, String target) {
        List<String> options = List.of("--release", String.valueOf(release), "-Xlint:-options");
        return new Versions(Classes.compile(options, base), Classes.compile(options, target));
    }

    /** Whether a class of the base means the same in the target. */
    boolean isSame(String name) {
        byte[] before = base.get(name);
        byte[] after = aligned.get(name);
        if (before == null || after == null) {
            throw new IllegalArgumentException(name + " is not on both sides: " + base.keySet() + aligned.keySet());
        }
        return ClassComparison.difference(before, after).isEmpty();
    }

    /** The method that mentions a text or field; its name and descriptor. */
    static String methodWith(byte[] classFile, String text) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        for (MethodNode method : node.methods) {
            for (var instruction : method.instructions) {
                if ((instruction instanceof LdcInsnNode constant && text.equals(constant.cst))
                        || (instruction instanceof FieldInsnNode field && text.equals(field.name))) {
                    return method.name + method.desc;
                }
            }
        }
        return "";
    }

    /** The classes that mention a text or field. */
    static String classWith(Map<String, byte[]> classes, String text) {
        return classes.entrySet().stream()
                .filter(entry -> !methodWith(entry.getValue(), text).isEmpty())
                .map(Map.Entry::getKey)
                .reduce((one, other) -> one + " " + other)
                .orElse("");
    }
}
