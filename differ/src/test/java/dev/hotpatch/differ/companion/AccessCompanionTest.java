package dev.hotpatch.differ.companion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.hotpatch.differ.companion.AccessCompanion.Kind;
import dev.hotpatch.differ.fixture.Classes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.ModuleVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;

final class AccessCompanionTest {
    private static final String JVMS = "dev.hotpatch.differ.companion.ChildJvm#javaHomes";

    private static final String BASE = """
            package q;
            public class Base {
                protected int heritage = 40;
                protected static String shared = "shared";
                protected String hello(String to) { return "base " + to; }
                protected static String join(String... parts) { return String.join("+", parts); }
                public String toString() { return "base"; }
            }
            """;
    private static final String TALKER = """
            package p;
            public interface Talker {
                default String talk() { return "talks"; }
                static String loud(String s) { return s.toUpperCase(); }
            }
            """;
    private static final String FOO = """
            package p;
            import java.util.*;
            public class Foo extends q.Base implements Talker {
                private int count = 7;
                private final long born;
                private static String name = "foo";
                public Foo() { this(1L); }
                private Foo(long born) { this.born = born; }
                private String secret(int a, long b, double c, String... rest) { return a + "," + b + "," + c + "," + rest.length; }
                private static <T extends Comparable<T>> T greatest(List<? extends T> all) { return Collections.max(all); }
                private Optional0 gone(Optional0 o) { return o; }
                public String talk() { return "foo"; }
                protected String hello(String to) { return "foo " + to; }
                public String toString() { return "foo" + born; }
                long born() { return born; }
                public static class Nested { private static int depth = 3; private Nested() {} }
            }
            """;
    private static final String SUB = """
            package p;
            public class Sub extends Foo { protected String hello(String to) { return "sub " + to; } public String toString() { return "sub"; } }
            """;
    private static final String OPTIONAL = "package p; class Optional0 {}";
    private static final String MAIN = """
            package p;
            import java.lang.reflect.*;
            import java.util.*;
            public class Main {
                static Object call(String type, String method, Object... arguments) throws Throwable {
                    for (Method m : Class.forName("p." + type).getMethods()) {
                        if (m.getName().equals(method)) {
                            try { return m.invoke(null, arguments); } catch (InvocationTargetException e) { throw e.getCause(); }
                        }
                    }
                    throw new IllegalStateException(method);
                }
                static Object foo(String method, Object... arguments) throws Throwable { return call("Foo$$hp1a", method, arguments); }
                public static void main(String[] a) throws Throwable {
                    Foo foo = new Foo();
                    Sub sub = new Sub();
                    System.out.println(foo("getField$count", foo));
                    foo("putField$count", foo, 8);
                    System.out.println(foo("getField$count", foo));
                    foo("putField$born", foo, 99L);
                    System.out.println(foo.born());
                    foo("putStatic$name", "new name");
                    System.out.println(foo("getStatic$name"));
                    System.out.println(foo("special$secret", foo, 1, 2L, 3.5, new String[] {"x", "y"}));
                    System.out.println(foo("static$greatest", Arrays.asList(3, 9, 4)));
                    System.out.println(foo("special$hello$q:Base", sub, "you"));
                    System.out.println(foo("special$toString$q:Base", sub));
                    System.out.println(foo("special$talk$p:Talker", sub));
                    System.out.println(foo("virtual$hello$q:Base", sub, "you"));
                    System.out.println(foo("getField$heritage$q:Base", sub));
                    foo("putField$heritage$q:Base", sub, 41);
                    System.out.println(foo("getField$heritage$q:Base", sub));
                    System.out.println(foo("getStatic$shared$q:Base"));
                    System.out.println(foo("static$join$q:Base", (Object) new String[] {"a", "b"}));
                    System.out.println(foo("new", 5L));
                    System.out.println(foo("special$hashCode$java:lang:Object", foo).equals(System.identityHashCode(foo)));
                    System.out.println(call("Foo$Nested$$hp1a", "getStatic$depth"));
                    System.out.println(call("Foo$Nested$$hp1a", "new").getClass());
                    System.out.println(call("Plain$$hp1a", "special$talk$p:Talker", new Plain() { public String talk() { return "no"; } }));
                    System.out.println(call("Plain$$hp1a", "special$own", new Plain() {}));
                    System.out.println(call("Plain$$hp1a", "static$loud$p:Talker", "loud"));
                    try {
                        foo("getField$lost", foo);
                    } catch (NoSuchFieldError e) {
                        System.out.println(e.getMessage());
                    }
                    try {
                        call("Late", "gone", foo);
                    } catch (NoClassDefFoundError e) {
                        System.out.println("missing " + e.getMessage());
                    }
                    System.out.println(call("Late", "count", foo));
                }
            }
            """;
    private static final String PLAIN = """
            package p;
            public interface Plain extends Talker { default String own() { return "own"; } }
            """;

    private static final List<String> EXPECTED = List.of(
            "7",
            "8",
            "99",
            "new name",
            "1,2,3.5,2",
            "9",
            "base you",
            "base",
            "talks",
            "sub you",
            "40",
            "41",
            "shared",
            "a+b",
            "foo5",
            "true",
            "3",
            "class p.Foo$Nested",
            "talks",
            "own",
            "LOUD",
            "GET_FIELD of p.Foo.lost as (Foo)int with the rights of p.Foo: no such field: p.Foo.lost/int/getField",
            "missing p/Optional0",
            "8");

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @MethodSource(JVMS)
    void reachesWhatOnlyTheOwnerMay(String javaHome) throws Exception {
        Path classes = ChildJvm.write(scratch, program());
        assertEquals(EXPECTED, ChildJvm.run(javaHome, "-cp", classes.toString(), "p.Main"));
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void worksInsideAModuleThatOpensNothing(String javaHome) throws Exception {
        assumeFalse(ChildJvm.isJava8(javaHome), "Java 8 has no modules");
        Map<String, byte[]> program = program();
        program.put("module-info", module());
        Path classes = ChildJvm.write(scratch, program);
        assertEquals(EXPECTED, ChildJvm.run(javaHome, "-p", classes.toString(), "-m", "closed/p.Main"));
    }

    private static Map<String, byte[]> program() {
        Map<String, byte[]> classes = new TreeMap<>(Classes.compile(
                List.of("--release", "8", "-Xlint:-options"), BASE, TALKER, FOO, SUB, OPTIONAL, PLAIN, MAIN));
        classes.remove("p/Optional0");
        AccessCompanion foo = foo("p/Foo$$hp1a");
        classes.put(foo.name(), foo.toBytes());
        AccessCompanion late = new AccessCompanion("p/Foo$$hp2a", "p/Foo", false);
        classes.put(
                "p/Late",
                callers(
                        late.access(Kind.INVOKE_SPECIAL, "p/Foo", false, "gone", "(Lp/Optional0;)Lp/Optional0;"),
                        late.access(Kind.GET_FIELD, "p/Foo", false, "count", "I")));
        classes.put(late.name(), late.toBytes());
        AccessCompanion nested = new AccessCompanion("p/Foo$Nested$$hp1a", "p/Foo$Nested", false);
        nested.access(Kind.GET_STATIC, "p/Foo$Nested", false, "depth", "I");
        nested.access(Kind.NEW, "p/Foo$Nested", false, "<init>", "()V");
        classes.put(nested.name(), nested.toBytes());
        AccessCompanion plain = new AccessCompanion("p/Plain$$hp1a", "p/Plain", true);
        plain.access(Kind.INVOKE_SPECIAL, "p/Talker", true, "talk", "()Ljava/lang/String;");
        plain.access(Kind.INVOKE_SPECIAL, "p/Plain", true, "own", "()Ljava/lang/String;");
        plain.access(Kind.INVOKE_STATIC, "p/Talker", true, "loud", "(Ljava/lang/String;)Ljava/lang/String;");
        classes.put(plain.name(), plain.toBytes());
        return classes;
    }

    /** A class that calls both plainly: reflection on the companion would need all types of all its methods. */
    private static byte[] callers(MethodInsnNode gone, MethodInsnNode count) {
        ClassNode node = new ClassNode();
        node.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, "p/Late", null, "java/lang/Object", null);
        MethodVisitor code =
                node.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "gone", "(Lp/Foo;)V", null, null);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitInsn(Opcodes.ACONST_NULL);
        gone.accept(code);
        code.visitInsn(Opcodes.POP);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(2, 1);
        code = node.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "count", "(Lp/Foo;)I", null, null);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        count.accept(code);
        code.visitInsn(Opcodes.IRETURN);
        code.visitMaxs(1, 1);
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }

    private static byte[] module() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V9, Opcodes.ACC_MODULE, "module-info", null, null, null);
        ModuleVisitor module = writer.visitModule("closed", 0, null);
        module.visitRequire("java.base", Opcodes.ACC_MANDATED, null);
        module.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static AccessCompanion foo(String name) {
        AccessCompanion foo = new AccessCompanion(name, "p/Foo", false);
        foo.access(Kind.GET_FIELD, "p/Foo", false, "count", "I");
        foo.access(Kind.GET_FIELD, "p/Foo", false, "lost", "I");
        foo.access(Kind.PUT_FIELD, "p/Foo", false, "count", "I");
        foo.access(Kind.PUT_FIELD, "p/Foo", false, "born", "J");
        foo.access(Kind.GET_STATIC, "p/Foo", false, "name", "Ljava/lang/String;");
        foo.access(Kind.PUT_STATIC, "p/Foo", false, "name", "Ljava/lang/String;");
        foo.access(Kind.INVOKE_SPECIAL, "p/Foo", false, "secret", "(IJD[Ljava/lang/String;)Ljava/lang/String;");
        foo.access(Kind.INVOKE_STATIC, "p/Foo", false, "greatest", "(Ljava/util/List;)Ljava/lang/Comparable;");
        foo.access(Kind.INVOKE_SPECIAL, "q/Base", false, "hello", "(Ljava/lang/String;)Ljava/lang/String;");
        foo.access(Kind.INVOKE_SPECIAL, "q/Base", false, "toString", "()Ljava/lang/String;");
        foo.access(Kind.INVOKE_SPECIAL, "java/lang/Object", false, "hashCode", "()I");
        foo.access(Kind.INVOKE_SPECIAL, "p/Talker", true, "talk", "()Ljava/lang/String;");
        foo.access(Kind.INVOKE_VIRTUAL, "q/Base", false, "hello", "(Ljava/lang/String;)Ljava/lang/String;");
        foo.access(Kind.GET_FIELD, "q/Base", false, "heritage", "I");
        foo.access(Kind.PUT_FIELD, "q/Base", false, "heritage", "I");
        foo.access(Kind.GET_STATIC, "q/Base", false, "shared", "Ljava/lang/String;");
        foo.access(Kind.INVOKE_STATIC, "q/Base", false, "join", "([Ljava/lang/String;)Ljava/lang/String;");
        foo.access(Kind.NEW, "p/Foo", false, "<init>", "(J)V");
        return foo;
    }

    @Test
    void sameAccessesInAnyOrderAreTheSameBytes() {
        AccessCompanion one = new AccessCompanion("p/A", "p/Foo", false);
        AccessCompanion other = new AccessCompanion("p/A", "p/Foo", false);
        assertTrue(one.isEmpty());
        List<Runnable> accesses = new ArrayList<>();
        for (AccessCompanion companion : List.of(one, other)) {
            accesses.add(() -> companion.access(Kind.GET_FIELD, "p/Foo", false, "a", "I"));
            accesses.add(() -> companion.access(Kind.GET_FIELD, "p/Foo", false, "b", "I"));
        }
        for (int i : new int[] {0, 1, 0, 3, 2}) {
            accesses.get(i).run();
        }
        assertFalse(one.isEmpty());
        assertArrayEquals(one.toBytes(), other.toBytes());
    }

    @Test
    void refusesWhatIsNoAccess() {
        AccessCompanion foo = new AccessCompanion("p/A", "p/Foo", false);
        for (Kind kind : Kind.values()) {
            boolean field = kind.name().contains("_FIELD") || kind.name().endsWith("T_STATIC");
            String desc = field ? "()V" : "I";
            assertThrows(
                    IllegalArgumentException.class, () -> foo.access(kind, "p/Foo", false, "m", desc), kind.name());
        }
        assertThrows(IllegalArgumentException.class, () -> new AccessCompanion("q/A", "p/Foo", false));
    }
}
