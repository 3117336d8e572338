package dev.hotpatch.systemtests.coexistence;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Changes bodies only: every method sets the system property {@code patched} before it does what it did. */
final class SayingPatched extends ClassVisitor {
    private SayingPatched(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    static byte[] in(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new SayingPatched(writer), 0);
        return writer.toByteArray();
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
        if (name.startsWith("<") || (access & Opcodes.ACC_ABSTRACT) != 0) {
            return method;
        }
        return new MethodVisitor(Opcodes.ASM9, method) {
            @Override
            public void visitCode() {
                super.visitCode();
                visitLdcInsn("patched");
                visitLdcInsn("yes");
                visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        "java/lang/System",
                        "setProperty",
                        "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
                        false);
                visitInsn(Opcodes.POP);
            }
        };
    }
}
