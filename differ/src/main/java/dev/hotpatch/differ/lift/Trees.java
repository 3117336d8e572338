package dev.hotpatch.differ.lift;

import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Class files as trees, with whole stack maps. */
final class Trees {
    /** A class as both sides have it. */
    record Pair(ClassNode base, ClassNode target) {}

    private Trees() {}

    static ClassNode read(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, ClassReader.EXPAND_FRAMES);
        return node;
    }

    static Map<MemberId, MethodNode> methods(ClassNode node) {
        Map<MemberId, MethodNode> methods = new TreeMap<>();
        node.methods.forEach(method -> methods.put(MemberId.of(method), method));
        return methods;
    }

    static Map<MemberId, FieldNode> fields(ClassNode node) {
        Map<MemberId, FieldNode> fields = new TreeMap<>();
        node.fields.forEach(field -> fields.put(MemberId.of(field), field));
        return fields;
    }
}
