package dev.hotpatch.differ.initial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Initialisers as javac does not write them. */
final class AssembledInitialiserTest {
    /** As the Kotlin compiler writes {@code val A = HashMap<Any, Any>().apply { put(..) }} and a try with a value on the stack saved. */
    @Test
    void movesInlinedBlocksWithTheirMarkers() throws Exception {
        ClassNode node = new ClassNode();
        node.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, "Subject", null, "java/lang/Object", null);
        node.visitField(Opcodes.ACC_STATIC, "a", "Ljava/util/Map;", null, null);
        node.visitField(Opcodes.ACC_STATIC, "k", "Ljava/lang/String;", null, null);
        MethodNode clinit = (MethodNode) node.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        clinit.visitCode();
        clinit.visitTypeInsn(Opcodes.NEW, "java/util/HashMap");
        clinit.visitInsn(Opcodes.DUP);
        clinit.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/util/HashMap", "<init>", "()V", false);
        clinit.visitVarInsn(Opcodes.ASTORE, 0);
        clinit.visitVarInsn(Opcodes.ALOAD, 0);
        clinit.visitVarInsn(Opcodes.ASTORE, 1);
        clinit.visitInsn(Opcodes.ICONST_0);
        clinit.visitVarInsn(Opcodes.ISTORE, 2);
        clinit.visitVarInsn(Opcodes.ALOAD, 1);
        clinit.visitLdcInsn("key");
        clinit.visitLdcInsn("value");
        clinit.visitMethodInsn(
                Opcodes.INVOKEINTERFACE,
                "java/util/Map",
                "put",
                "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;",
                true);
        clinit.visitInsn(Opcodes.POP);
        clinit.visitInsn(Opcodes.NOP);
        clinit.visitVarInsn(Opcodes.ALOAD, 0);
        clinit.visitFieldInsn(Opcodes.PUTSTATIC, "Subject", "a", "Ljava/util/Map;");
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        Label after = new Label();
        clinit.visitTryCatchBlock(start, end, handler, "java/lang/RuntimeException");
        clinit.visitLabel(start);
        clinit.visitLdcInsn("value");
        clinit.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/String", "trim", "()Ljava/lang/String;", false);
        clinit.visitVarInsn(Opcodes.ASTORE, 0);
        clinit.visitLabel(end);
        clinit.visitJumpInsn(Opcodes.GOTO, after);
        clinit.visitLabel(handler);
        clinit.visitFrame(
                Opcodes.F_NEW,
                3,
                new Object[] {"java/util/HashMap", "java/util/HashMap", Opcodes.INTEGER},
                1,
                new Object[] {"java/lang/RuntimeException"});
        clinit.visitVarInsn(Opcodes.ASTORE, 3);
        clinit.visitLdcInsn("none");
        clinit.visitVarInsn(Opcodes.ASTORE, 0);
        clinit.visitLabel(after);
        clinit.visitFrame(
                Opcodes.F_NEW,
                3,
                new Object[] {"java/lang/String", "java/util/HashMap", Opcodes.INTEGER},
                0,
                new Object[0]);
        clinit.visitVarInsn(Opcodes.ALOAD, 0);
        clinit.visitFieldInsn(Opcodes.PUTSTATIC, "Subject", "k", "Ljava/lang/String;");
        clinit.visitInsn(Opcodes.RETURN);
        clinit.visitMaxs(3, 4);
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        for (String field : new String[] {"a", "k"}) {
            Parted parted = Parted.of(Opcodes.V1_8, Map.of("Subject", writer.toByteArray()), field);
            assertTrue(parted.split.inseparable().isEmpty());
            assertEquals(parted.before(), parted.after());
            MethodNode own = "a".equals(field) ? parted.split.cut() : parted.split.kept();
            assertEquals(1, Parted.count(own, Opcodes.ICONST_0));
        }
    }

    @Test
    void leavesSubroutinesAlone() throws Exception {
        ClassNode node = new ClassNode();
        node.visit(Opcodes.V1_4, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, "Subject", null, "java/lang/Object", null);
        node.visitField(Opcodes.ACC_STATIC, "a", "I", null, null);
        MethodNode clinit = (MethodNode) node.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        Label sub = new Label();
        clinit.visitJumpInsn(Opcodes.JSR, sub);
        clinit.visitInsn(Opcodes.RETURN);
        clinit.visitLabel(sub);
        clinit.visitVarInsn(Opcodes.ASTORE, 0);
        clinit.visitInsn(Opcodes.ICONST_3);
        clinit.visitFieldInsn(Opcodes.PUTSTATIC, "Subject", "a", "I");
        clinit.visitVarInsn(Opcodes.RET, 0);
        clinit.visitMaxs(1, 1);
        StaticInitialiser.Split split = StaticInitialiser.split("Subject", clinit, Set.of("a:I"));
        assertTrue(split.inseparable().get("a:I").contains("jsr"));
    }
}
