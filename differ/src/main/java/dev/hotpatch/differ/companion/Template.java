package dev.hotpatch.differ.companion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;
import org.objectweb.asm.tree.ClassNode;

/** A class of this package, written in Java, that becomes a class of the patched program under another name. */
final class Template {
    private Template() {}

    /** The template as a public synthetic class of Java 8, without debug tables: what it is does not depend on our line numbers. */
    static ClassNode read(Class<?> template, String name) {
        String file = template.getSimpleName() + ".class";
        try (InputStream in = template.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("hotpatch lacks its own class file " + file + "; is the jar complete?");
            }
            ClassReader reader = new ClassReader(in.readAllBytes());
            ClassNode node = new ClassNode();
            SimpleRemapper names = new SimpleRemapper(Opcodes.ASM9, reader.getClassName(), name);
            reader.accept(new ClassRemapper(node, names), ClassReader.SKIP_DEBUG);
            node.version = Opcodes.V1_8;
            node.access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
            // Lookup is a nested class of the JDK; nothing reads this list of a synthetic class.
            node.innerClasses.clear();
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException("hotpatch's own class file " + file + " cannot be read", e);
        }
    }

    /** The class file; frames must be there already. */
    static byte[] write(ClassNode node) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }
}
