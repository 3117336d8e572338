package dev.hotpatch.differ.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutsideInterfaceTest {
    private static final Compiled BASE = Compiled.of("class A { public void run() { } }", "class U { }");
    private static final String TARGET = "class A implements Runnable { public void run() { } }";

    @Test
    void handsOverAnAdapter() {
        Compilation compilation =
                BASE.to(Compiled.of(TARGET, "class U { Thread of(A a) { return new Thread(a, \"name\"); } }"));
        assertEquals(Map.of(), compilation.blocked());
        List<String> adapters = compilation.defined().values().stream()
                .map(defined -> ClassShape.of(defined.bytes()))
                .filter(shape -> shape.interfaces().contains("java/lang/Runnable"))
                .map(ClassShape::name)
                .toList();
        assertEquals(1, adapters.size());
        assertTrue(Compiled.reasons(compilation, "A").contains("interface-by-adapter"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            class U { boolean is(Object o) { return o instanceof Runnable; } }    | U uses it in is
            class U { void all(Object o) { ((Runnable) o).run(); } }              | U uses it in all
            class U { Runnable kept = new A(); }                                  | U keeps one in a field
            class U { Runnable of() { return new A(); } }                         | U takes or returns one in of
            class U { void all(A a) { Runnable r = a; r.run(); } }                | U uses it in all
            class U { Class<?> of() { return Runnable.class; } }                  | U uses it in of
            class U { Object of(A a) { Runnable r = () -> a.run(); return r; } }  | U uses it in of
            """)
    void staysBlockedWhereTheInterfaceIsUsedOtherwise(String user, String why) {
        String reasons = Compiled.reasons(BASE.to(Compiled.of(TARGET, user)), "A");
        assertTrue(reasons.contains("interface-used-outside: ") && reasons.contains(why), reasons);
    }

    @Test
    void staysBlockedForAnInterfaceThatIsLookedForInAnyObject() {
        Compilation compilation = BASE.to(
                Compiled.of("class A implements java.io.Serializable { public void run() { } }", "class U { }"));
        assertTrue(Compiled.reasons(compilation, "A").contains("code that the patch does not rewrite asks for that"));
    }
}
