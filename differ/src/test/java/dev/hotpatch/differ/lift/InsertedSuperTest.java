package dev.hotpatch.differ.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InsertedSuperTest {
    private static final Compiled BASE = Compiled.of("class A { int a() { return 1; } }");

    @Test
    void makesAnInterfaceOfASuperClassWithoutState() {
        Compilation compilation = BASE.to(Compiled.of(
                "class A extends S { int a() { return 1; } }",
                "class B extends S { int a() { return 2; } static int of(S s) { return s.a() + s.hashCode(); } }",
                "abstract class S { abstract int a(); }"));
        assertEquals(Map.of(), compilation.blocked());
        ClassShape above = shape(compilation, "S");
        assertTrue(above.isInterface());
        ClassShape fresh = shape(compilation, "B");
        assertEquals("java/lang/Object", fresh.superName());
        assertEquals(List.of("S"), fresh.interfaces());
        assertTrue(Compiled.reasons(compilation, "A").startsWith("lifted-interface: "));
    }

    @Test
    void givesAllClassesOfAChain() {
        Compilation compilation = BASE.to(Compiled.of(
                "class A extends S { int a() { return t(); } }",
                "abstract class S extends T { int t() { return 3; } }",
                "abstract class T { abstract int t(); }"));
        assertEquals(Map.of(), compilation.blocked());
        assertEquals(List.of("T"), shape(compilation, "S").interfaces());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            abstract class S { int field; }                                            | it has the field field
            abstract class S { static Object o = 1; }                                  | it has the field o
            abstract class S { S() { System.nanoTime(); } }                            | does more than to call that of java/lang/Object
            abstract class S { synchronized void s() {} }                              | is native or synchronized
            abstract class S { public String toString() { return ""; } }               | overrides one of java/lang/Object
            class S { }                                                                | it is not abstract
            abstract class S { static S[] all() { return new S[0]; } }                 | uses it in an array or by reflection
            abstract class S { static boolean is(Object o) { return S.class.isInstance(o); } } | uses it in an array or by reflection
            """)
    void saysWhyNot(String above, String why) {
        Compilation compilation = BASE.to(Compiled.of("class A extends S { int a() { return 1; } }", above));
        String reasons = Compiled.reasons(compilation, "A");
        assertTrue(reasons.contains("hierarchy: ") && reasons.contains(why), reasons);
    }

    @Test
    void leavesAloneWhatInterfacesOfSubclassesDeclareToo() {
        Compilation compilation = BASE.to(Compiled.of(
                "class A extends S implements I { int a() { return 1; } }",
                "abstract class S { public int i() { return 1; } }",
                "interface I { default int i() { return 2; } }"));
        assertTrue(Compiled.reasons(compilation, "A").contains("interfaces of its subclasses declare"));
        assertFalse(shape(compilation, "S").isInterface());
    }

    private static ClassShape shape(Compilation compilation, String name) {
        return ClassShape.of(
                Objects.requireNonNull(compilation.defined().get(name)).bytes());
    }
}
