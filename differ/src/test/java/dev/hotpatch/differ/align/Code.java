package dev.hotpatch.differ.align;

import dev.hotpatch.differ.classes.CodeText;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** What is in a class file. */
final class Code {
    private Code() {}

    static ClassNode read(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return node;
    }

    static Set<String> methods(byte[] classFile) {
        Set<String> names = new TreeSet<>();
        read(classFile).methods.forEach(method -> names.add(method.name + method.desc));
        return names;
    }

    /** The code of a method, by name and descriptor. */
    static String text(byte[] classFile, String method) {
        return read(classFile).methods.stream()
                .filter(node -> method.equals(node.name + node.desc))
                .map(node -> CodeText.of(node, dev.hotpatch.differ.classes.Names.AS_WRITTEN))
                .findFirst()
                .orElse("none");
    }
}
