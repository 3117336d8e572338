package dev.hotpatch.differ.lift;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The companions of a patch while members are put into them, by name. For one thread. */
final class Companions {
    static final int METHOD = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
    private static final int CLASS = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;

    /**
     * A companion as a class file.
     *
     * @param owner the class that it belongs to
     */
    record Companion(String owner, byte[] bytes) {}

    private record Draft(String owner, ClassNode node) {}

    private final SortedMap<String, Draft> drafts = new TreeMap<>();
    private final SortedMap<String, Companion> written = new TreeMap<>();

    /**
     * The companion of that name, made at first.
     *
     * @param version of the owner's class file in the target, whose code will be put in
     */
    ClassNode of(String name, String owner, int version, @Nullable String sourceFile) {
        return drafts.computeIfAbsent(name, any -> {
                    ClassNode node = new ClassNode();
                    node.visit(version, CLASS, name, null, "java/lang/Object", null);
                    node.sourceFile = sourceFile;
                    return new Draft(owner, node);
                })
                .node();
    }

    void put(String name, String owner, byte[] bytes) {
        written.put(name, new Companion(owner, bytes));
    }

    /** All of them, by name. */
    SortedMap<String, Companion> write() {
        SortedMap<String, Companion> all = new TreeMap<>(written);
        drafts.forEach((name, draft) -> all.put(name, new Companion(draft.owner, bytes(draft.node))));
        return all;
    }

    static byte[] bytes(ClassNode node) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    /** A method under another name, for a companion. */
    static MethodNode copy(MethodNode method, int access, String name, String desc) {
        MethodNode copy =
                new MethodNode(Opcodes.ASM9, access, name, desc, null, method.exceptions.toArray(new String[0]));
        method.accept(copy);
        copy.localVariables = null;
        copy.visibleAnnotations = null;
        copy.invisibleAnnotations = null;
        copy.visibleParameterAnnotations = null;
        copy.invisibleParameterAnnotations = null;
        copy.visibleAnnotableParameterCount = 0;
        copy.invisibleAnnotableParameterCount = 0;
        copy.visibleTypeAnnotations = null;
        copy.invisibleTypeAnnotations = null;
        copy.visibleLocalVariableAnnotations = null;
        copy.invisibleLocalVariableAnnotations = null;
        copy.parameters = null;
        copy.annotationDefault = null;
        return copy;
    }
}
