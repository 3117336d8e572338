package dev.hotpatch.differ.initial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

final class FieldInitialValueTest {
    private static final String FIELDS = """
            import java.util.*;
            import java.util.concurrent.*;
            public class Subject {
                static int k = 4;
                int number = 300000; boolean yes = true; char letter = 'x'; byte small = -3; long big = 1L << 40;
                float half = 0.5f; double minus = -0.0; String text = "text"; Class<?> type = String.class;
                int nothing; int zero = 0; Object none = null; long longZero = 0;
                List<String> list = new ArrayList<>(Arrays.asList("a", "b"));
                Set<Object> set = Collections.newSetFromMap(new ConcurrentHashMap<>());
                long wide = k * 5L;
                Object picked = k > 3 ? k > 2 ? "big" : 1 : List.of();
                int[] filled = {k, 2, 3};
                Runnable lambda = () -> k++;
                Object self = new Object[] {this.number, Objects.requireNonNull(this) == this, k != 4 ? "x" : "y"};
                double sum = half + minus + big;
                private final int after;
                Object given, derived, branch, twice, tried;
                Subject other;
                Subject(Object given) {
                    this.given = given;
                    after = 5;
                    String s = "s" + k;
                    derived = s + 1;
                    if (k > 2) { branch = "b"; }
                    twice = 1; twice = 2;
                    try { tried = new Object(); } catch (RuntimeException e) { k++; }
                    me().other = null;
                }
                Subject me() { return this; }
                Subject() { this("x"); k++; }
                public static Object make() { return new Subject("x"); }
            }
            """;

    @ParameterizedTest
    @CsvSource({
        "number, 300000",
        "yes, 1",
        "letter, 120",
        "small, -3",
        "big, 1099511627776",
        "half, 0.5",
        "minus, -0.0",
        "text, text",
        "after, 5",
        "type, Ljava/lang/String;"
    })
    void constants(String name, String value) {
        InitialValue.Constant constant = assertInstanceOf(InitialValue.Constant.class, of(61, FIELDS, name));
        assertEquals(value, constant.value().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "zero", "none", "longZero"})
    void whatTheMachineGivesAnyway(String name) {
        assertEquals(new InitialValue.Default(), of(61, FIELDS, name));
    }

    @ParameterizedTest
    @CsvSource({
        "given, parameter",
        "derived, local variable",
        "branch, branch",
        "twice, more than once",
        "tried, try block",
        "other, another reference"
    })
    void unknownWithItsReason(String name, String reason) {
        InitialValue.Unknown unknown = assertInstanceOf(InitialValue.Unknown.class, of(61, FIELDS, name));
        assertTrue(unknown.why().contains(reason), unknown::why);
    }

    @ParameterizedTest
    @CsvSource({
        "list,false",
        "set,false",
        "wide,false",
        "picked,false",
        "filled,false",
        "lambda,false",
        "self,true",
        "sum,true"
    })
    void expressionsVerifyAndGiveWhatANewObjectHas(String name, boolean usesThis) throws Exception {
        for (int version : new int[] {Opcodes.V11, Opcodes.V17}) {
            InitialValue.Expression found = assertInstanceOf(InitialValue.Expression.class, of(version, FIELDS, name));
            assertEquals(usesThis, found.usesThis());
            ClassNode node = node(version, FIELDS);
            found.method().name = "initial";
            found.method().access |= Opcodes.ACC_PUBLIC;
            node.methods.add(found.method());
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            node.accept(writer);
            byte[] bytes = writer.toByteArray();
            Class<?> subject = new ClassLoader(null) {
                Class<?> define() {
                    return defineClass("Subject", bytes, 0, bytes.length);
                }
            }.define();
            Object made = subject.getMethod("make").invoke(null);
            Method initial = usesThis ? subject.getMethod("initial", subject) : subject.getMethod("initial");
            Object value = usesThis ? initial.invoke(null, made) : initial.invoke(null);
            var field = subject.getDeclaredField(name);
            field.setAccessible(true);
            assertEquals(text(field.get(made)), text(value));
        }
    }

    private static String text(Object value) {
        return value.getClass().isArray()
                ? java.util.Arrays.deepToString(new Object[] {value})
                : value.toString().replaceAll("Lambda.*", "Lambda");
    }

    @Test
    void outerInstancesAndCapturedVariablesAreNotKnown() {
        Map<String, byte[]> classes = Parted.compile(
                61,
                "class Subject { Object f(int n) { return new Object() { int g() { return n + Subject.this.hashCode(); } }; } }");
        ClassNode node = read(61, classes.get("Subject$1"));
        for (FieldNode field : node.fields) {
            InitialValue.Unknown unknown = assertInstanceOf(InitialValue.Unknown.class, of(node, field.name));
            assertTrue(unknown.why().contains("before super"), unknown::why);
        }
        assertEquals(2, node.fields.size());
    }

    @Test
    void constructorsHaveToAgree() {
        String source = """
                import java.util.*;
                class Subject {
                    List<Object> a, b; int c = 3, d;
                    Object e, f, g;
                    Subject() { a = new ArrayList<>(); b = new ArrayList<>(); d = 2; e = f = new Object(); g = 1; }
                    Subject(int x) { a = new ArrayList<>(); b = new LinkedList<>(); e = f = new Object(); g = 1; }
                    Subject(long x) { this(); a = null; }
                }
                """;
        assertInstanceOf(InitialValue.Unknown.class, of(61, source, "a"));
        assertInstanceOf(InitialValue.Expression.class, of(61, source.replace("a = null;", ""), "a"));
        assertInstanceOf(InitialValue.Unknown.class, of(61, source, "b"));
        assertEquals(new InitialValue.Constant(3), of(61, source, "c"));
        assertInstanceOf(InitialValue.Unknown.class, of(61, source, "d"));
        assertInstanceOf(InitialValue.Unknown.class, of(61, source, "e"));
        InitialValue.Expression boxed = assertInstanceOf(InitialValue.Expression.class, of(61, source, "g"));
        assertFalse(boxed.usesThis());
    }

    private static InitialValue of(int version, String source, String name) {
        return of(node(version, source), name);
    }

    private static InitialValue of(ClassNode node, String name) {
        FieldNode field = node.fields.stream()
                .filter(f -> f.name.equals(name))
                .findFirst()
                .orElseThrow();
        List<MethodNode> constructors =
                node.methods.stream().filter(m -> "<init>".equals(m.name)).toList();
        return FieldInitialValue.of(node.name, constructors, name, field.desc);
    }

    private static ClassNode node(int version, String source) {
        return read(version, Parted.compile(version, source).get("Subject"));
    }

    private static ClassNode read(int version, byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.EXPAND_FRAMES);
        node.version = version;
        return node;
    }
}
