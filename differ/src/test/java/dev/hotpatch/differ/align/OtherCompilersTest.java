package dev.hotpatch.differ.align;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Names as other compilers than javac make them. */
class OtherCompilersTest {
    private static final int LAMBDA = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
    private static final String TEXT = "()Ljava/lang/String;";
    private final TreeMap<String, byte[]> base = new TreeMap<>();
    private final TreeMap<String, byte[]> target = new TreeMap<>();

    private static ClassWriter type(String name) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_SUPER, name, null, "java/lang/Object", new String[0]);
        return writer;
    }

    private static void method(ClassWriter writer, int access, String name, String text, @Nullable String calls) {
        MethodVisitor method = writer.visitMethod(access, name, TEXT, null, null);
        method.visitCode();
        if (calls != null) {
            method.visitMethodInsn(Opcodes.INVOKESTATIC, "F", calls, TEXT, false);
            method.visitInsn(Opcodes.POP);
        }
        method.visitLdcInsn(text);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(1, 1);
        method.visitEnd();
    }

    private static byte[] kotlinClass(String name, String method, String text) {
        ClassWriter writer = type(name);
        writer.visitOuterClass("F", method, "()V");
        method(writer, Opcodes.ACC_PUBLIC, "invoke", text, null);
        return writer.toByteArray();
    }

    private Versions versions() {
        return new Versions(Map.copyOf(base), Map.copyOf(target));
    }

    @Test
    void pairsKotlinsClassesOfLambdas() {
        base.put("F", type("F").toByteArray());
        base.put("F$bar$1", kotlinClass("F$bar$1", "bar", "one"));
        base.put("F$bar$2", kotlinClass("F$bar$2", "bar", "two"));
        base.put("F$bar$2$1", kotlinClass("F$bar$2$1", "bar", "inner"));
        target.put("F", type("F").toByteArray());
        target.put("F$bar$1", kotlinClass("F$bar$1", "bar", "two"));
        target.put("F$bar$1$1", kotlinClass("F$bar$1$1", "bar", "inner"));
        target.put("F$bar$2", kotlinClass("F$bar$2", "bar", "new"));
        target.put("F$bar$3", kotlinClass("F$bar$3", "bar", "one"));
        Versions versions = versions();
        assertEquals("F$bar$2", versions.alignment.className("F$bar$1"));
        assertEquals("F$bar$2$1", versions.alignment.className("F$bar$1$1"));
        assertEquals("F$$hpt$1", versions.alignment.className("F$bar$2"));
        assertEquals("F$bar$1", versions.alignment.className("F$bar$3"));
        assertTrue(versions.isSame("F$bar$2$1"));
    }

    @Test
    void pairsKotlinsAndScalasMethodsOfLambdas() {
        for (String name : new String[] {"m$lambda$%d", "m$lambda-%d", "$anonfun$m$%d"}) {
            int access = LAMBDA | (name.startsWith("$") ? Opcodes.ACC_SYNTHETIC : 0);
            ClassWriter before = type("F");
            method(before, Opcodes.ACC_STATIC, "m", "", name.formatted(0));
            method(before, access, name.formatted(0), "zero", null);
            base.put("F", before.toByteArray());
            ClassWriter after = type("F");
            method(after, Opcodes.ACC_STATIC, "m", "", name.formatted(1));
            method(after, access, name.formatted(0), "new", null);
            method(after, access, name.formatted(1), "zero", null);
            target.put("F", after.toByteArray());
            Versions versions = versions();
            assertEquals(name.formatted(0), versions.alignment.methodName("F", name.formatted(1), TEXT));
            String fresh = versions.alignment.methodName("F", name.formatted(0), TEXT);
            assertTrue(!Code.methods(versions.base.get("F")).contains(fresh + TEXT), fresh);
            assertEquals(
                    Code.text(versions.base.get("F"), "m" + TEXT), Code.text(versions.aligned.get("F"), "m" + TEXT));
        }
    }

    @Test
    void followsTheLambdaThatCallsALambda() {
        ClassWriter before = type("F");
        method(before, LAMBDA, "m$lambda$1", "", "m$lambda$1$lambda$0");
        method(before, LAMBDA, "m$lambda$1$lambda$0", "inner", null);
        base.put("F", before.toByteArray());
        ClassWriter after = type("F");
        method(after, LAMBDA, "m$lambda$1", "new", null);
        method(after, LAMBDA, "m$lambda$2", "", "m$lambda$2$lambda$1");
        method(after, LAMBDA, "m$lambda$2$lambda$1", "inner", null);
        target.put("F", after.toByteArray());
        Versions versions = versions();
        assertEquals("m$lambda$1", versions.alignment.methodName("F", "m$lambda$2", TEXT));
        assertEquals("m$lambda$1$lambda$0", versions.alignment.methodName("F", "m$lambda$2$lambda$1", TEXT));
    }

    @Test
    void givesAChangedTableOfKotlinAFreshName() {
        base.put("F", type("F").toByteArray());
        base.put("F$WhenMappings", table("one"));
        target.put("F", type("F").toByteArray());
        target.put("F$WhenMappings", table("one"));
        assertTrue(versions().alignment.isEmpty());
        target.put("F$WhenMappings", table("two"));
        assertEquals("F$$hpt$1WhenMappings", versions().alignment.className("F$WhenMappings"));
    }

    private static byte[] table(String text) {
        ClassWriter writer = type("F$WhenMappings");
        writer.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, "$EnumSwitchMapping$0", "[I", null, null);
        method(writer, Opcodes.ACC_STATIC, "fill", text, null);
        return writer.toByteArray();
    }

    @Test
    void givesAChangedTableOfEclipseAFreshFieldAndMethod() {
        String name = "$SWITCH_TABLE$a$E";
        for (Map.Entry<String, TreeMap<String, byte[]>> side :
                Map.of("one", base, "two", target).entrySet()) {
            ClassWriter writer = type("F");
            writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, name, "[I", null, null);
            method(writer, Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, name, side.getKey(), null);
            method(writer, Opcodes.ACC_STATIC, "m", "", name);
            side.getValue().put("F", writer.toByteArray());
        }
        Versions versions = versions();
        assertEquals(name + "$hpt", versions.alignment.methodName("F", name, TEXT));
        assertEquals(name + "$hpt", versions.alignment.remapper().mapFieldName("F", name, "[I"));
        assertTrue(Code.text(versions.aligned.get("F"), "m" + TEXT).contains(name + "$hpt"));
    }
}
