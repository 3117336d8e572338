package dev.hotpatch.differ.lift;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.differ.fixture.Classes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

final class RedefinedClassTest {
    private static final int POOL = 10;

    private static final byte[] BASE =
            Classes.one("class A { int f() { return 70000; } void gone() { System.out.println(\"gone\"); } }");
    private static final byte[] TARGET = Classes.one("class A { int f() { return 80000; } }");

    @Test
    void theConstantPoolOfTheBaseComesFirst() {
        byte[] written = RedefinedClass.bytes(Trees.read(TARGET), BASE);
        assertTrue(beginsWithPool(written, BASE));
        assertFalse(beginsWithPool(TARGET, BASE));
        assertArrayEquals(
                Companions.bytes(Trees.read(TARGET)), Companions.bytes(Trees.read(written)), "the same class");
    }

    @Test
    void anOlderClassFileGetsNoConstantsOfANewerOne() {
        ClassNode older = Trees.read(TARGET);
        older.version = Opcodes.V1_8;
        byte[] written = RedefinedClass.bytes(older, BASE);
        assertFalse(beginsWithPool(written, BASE));
        assertEquals(Opcodes.V1_8, new ClassReader(written).readUnsignedShort(6));
    }

    @Test
    void constantsThatAreTooManyTogetherAreLeftOut() {
        byte[] base = withConstants(0);
        byte[] target = withConstants(100_000);
        byte[] written = RedefinedClass.bytes(Trees.read(target), base);
        assertFalse(beginsWithPool(written, base));
        assertArrayEquals(Companions.bytes(Trees.read(target)), written);
    }

    private static boolean beginsWithPool(byte[] classFile, byte[] base) {
        int end = new ClassReader(base).header;
        return classFile.length >= end && Arrays.equals(classFile, POOL, end, base, POOL, end);
    }

    /** 40,000 of the 65,534 that a class may have. */
    private static byte[] withConstants(int from) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "A", null, "java/lang/Object", null);
        for (int method = 0; method < 4; method++) {
            MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "m" + method, "()V", null, null);
            code.visitCode();
            for (int i = 0; i < 10_000; i++) {
                code.visitLdcInsn(from + method * 10_000 + i);
                code.visitInsn(Opcodes.POP);
            }
            code.visitInsn(Opcodes.RETURN);
            code.visitMaxs(1, 0);
            code.visitEnd();
        }
        writer.visitEnd();
        return writer.toByteArray();
    }
}
