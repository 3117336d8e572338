package dev.hotpatch.differ.classes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/**
 * HotSpot compares fields, interfaces, nest members and permitted subclasses one by one in their order, and records' components with all
 * that belongs to them. Where only that differs, the new class file is written with the old order; nothing depends on it but reflection.
 */
final class ShapeOrder {
    private ShapeOrder() {}

    /**
     * The class file to redefine with.
     *
     * @param base the old class, with the same shape but for the order
     * @param bytes the new class file; returned as it is if the order is that of {@code base}
     */
    static byte[] keep(ClassNode base, ClassNode target, byte[] bytes) {
        boolean same = names(base.fields).equals(names(target.fields))
                && base.interfaces.equals(target.interfaces)
                && Objects.equals(base.nestMembers, target.nestMembers)
                && Objects.equals(base.permittedSubclasses, target.permittedSubclasses)
                && base.recordComponents == null;
        if (same) {
            return bytes;
        }
        ClassNode whole = new ClassNode();
        new ClassReader(bytes).accept(whole, 0);
        Map<String, FieldNode> fields = new HashMap<>();
        whole.fields.forEach(field -> fields.put(MemberText.id(field), field));
        List<FieldNode> ordered = new ArrayList<>();
        for (FieldNode field : base.fields) {
            FieldNode found = fields.get(MemberText.id(field));
            if (found == null) {
                throw new IllegalArgumentException(base.name + ": shapes differ in " + MemberText.id(field));
            }
            ordered.add(found);
        }
        whole.fields = ordered;
        whole.interfaces = base.interfaces;
        whole.nestMembers = copy(base.nestMembers);
        whole.permittedSubclasses = copy(base.permittedSubclasses);
        whole.recordComponents = base.recordComponents;
        ClassWriter writer = new ClassWriter(0);
        whole.accept(writer);
        return writer.toByteArray();
    }

    private static List<String> names(List<FieldNode> fields) {
        return fields.stream().map(MemberText::id).toList();
    }

    private static @Nullable List<String> copy(@Nullable List<String> names) {
        return names == null ? null : new ArrayList<>(names);
    }
}
