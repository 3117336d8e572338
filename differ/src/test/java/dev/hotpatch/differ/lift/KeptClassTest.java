package dev.hotpatch.differ.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptClassTest {
    private static final Compiled BASE = Compiled.of(
            "class A { final int n; A(int n) { this.n = n; } public int a() { return n; } public int b(int n) { return n; } }");

    @Test
    void letsNewClassesExtendIt() {
        Compilation compilation = BASE.to(Compiled.of(
                "interface A { int a(); }",
                "class B implements A { Object lock = new Object(); public int a() { return 2; } }",
                "class C extends B implements A { int twice(A a) { return 2 * a.a(); } }"));
        assertEquals(Map.of(), compilation.blocked());
        ClassShape below = ClassShape.of(
                Objects.requireNonNull(compilation.defined().get("B")).bytes());
        assertEquals("A", below.superName());
        String reasons = Compiled.reasons(compilation, "A");
        assertTrue(reasons.contains("existing-instances-keep-code"), reasons);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            interface A { int a(); int b(); }                        | class B { }                                                    | objects that exist have no b()I
            interface A { default int a() { return 1; } }            | class B { }                                                    | have a a()I of their own
            interface A { int a(); }                                 | interface B extends A { }                                      | B is an interface below it
            interface A { int a(); }                                 | class B extends Exception implements A { public int a() { return 1; } } | has another super class, too
            interface A { int a(); }                                 | class B { A of() { return () -> 1; } }                         | B may make an object of it at run time
            interface A extends J { int a(); }                       | interface J { default int b(int n) { return 1; } }             | have a b(I)I of their own
            @interface A { int a(); }                                | class B { }                                                    | it becomes an annotation
            """)
    void saysWhyNot(String target, String other, String why) {
        Compilation compilation = BASE.to(Compiled.of(target, other));
        String reasons = Compiled.reasons(compilation, "A");
        assertTrue(reasons.contains("hierarchy: ") && reasons.contains(why), reasons);
    }

    @Test
    void refusesAClassWhoseConstructorWouldRunForOthers() {
        Compiled base = Compiled.of("class A { A() { System.nanoTime(); } public int a() { return 1; } }");
        Compilation compilation = base.to(Compiled.of("interface A { int a(); }"));
        String reasons = Compiled.reasons(compilation, "A");
        assertTrue(reasons.contains("a constructor without arguments"), reasons);
    }
}
