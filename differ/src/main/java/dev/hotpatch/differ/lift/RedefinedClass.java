package dev.hotpatch.differ.lift;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.tree.ClassNode;

/**
 * Writes R as a class file whose constant pool begins with that of the class it is for. HotSpot merges the pools of both: what has the same
 * place in both it finds at once, for all else it looks through the whole pool, and redefining takes three times as long.
 */
final class RedefinedClass {
    private static final int MAJOR = 0xffff;

    private RedefinedClass() {}

    /** @param base the class file that the class has in the JVM before */
    static byte[] bytes(ClassNode node, byte[] base) {
        ClassReader reader = new ClassReader(base);
        // An older class file may not have all constants of a newer one.
        if ((node.version & MAJOR) < reader.readUnsignedShort(6)) {
            return Companions.bytes(node);
        }
        try {
            ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
            node.accept(writer);
            return writer.toByteArray();
        } catch (ClassTooLargeException | MethodTooLargeException e) {
            // What the target has no more may be just too much.
            return Companions.bytes(node);
        }
    }
}
