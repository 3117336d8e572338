package dev.hotpatch.differ.classes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotpatch.differ.fixture.Classes;
import dev.hotpatch.patchformat.plan.Reason;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassComparisonTest {
    private static String difference(byte[] base, byte[] target) {
        Optional<List<Reason>> difference = ClassComparison.difference(base, target);
        return difference
                .map(reasons -> ("different "
                                + String.join(
                                        " ", reasons.stream().map(Reason::code).toList()))
                        .trim())
                .orElse("same");
    }

    private static byte[] file(Map<String, byte[]> classes, String name) {
        return Objects.requireNonNull(classes.get(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class F { int a() { return 1; } } | class F { int a() { return 2; } } | different",
                "class F { int a() { return 1; } void b() {} } | class F { void b() {} int a() { return 1; } } | same",
                "class F { int a; int b; } | class F { int b; int a; } | same",
                "class F { } | class F { void b() {} } | different",
                "class F { void b() {} } | class F { } | different",
                "class F { int b; } | class F { } | different",
                "class F { int b; } | class F { long b; } | different",
                "class F { void b() {} } | class F { public void b() {} } | different",
                "class F { } | final class F { } | different",
                "class F { } | class F implements Cloneable { } | different",
                "class F extends Error { } | class F extends Exception { } | different constructor-not-rerun",
                "class F { } | class F { class X { } } | different",
                "record F(int a) { } | record F(long a) { } | different constructor-not-rerun",
                "sealed interface F { record A() implements F { } } | interface F { record A() implements F { } } | different",
                "class F { static int a = 1; } | class F { static int a = 2; } | different",
                "class F { static final int A = 1; } | class F { static final int A = 2; } | different constant-not-updated",
                "class F { int a = 1; } | class F { int a = 2; } | different constructor-not-rerun",
            })
    void comparesMeaningAndShape(String base, String target, String expected) {
        assertEquals(expected, difference(file(Classes.compile(base), "F"), file(Classes.compile(target), "F")));
    }

    @Test
    void takesDebugTablesForNoise() {
        String source = "class F { int a(int x) { int y = x + 1; return y; } }";
        Map<String, byte[]> with = Classes.compile(List.of("--release", "17", "-g"), source);
        Map<String, byte[]> without = Classes.compile(List.of("--release", "11", "-g:none"), source);
        assertEquals("same", difference(file(with, "F"), file(without, "F")));
    }

    @Test
    void refusesWhatIsNoClassFile() {
        assertThrows(
                RuntimeException.class,
                () -> ClassComparison.difference(new byte[] {1, 2}, Classes.one("class F { }")));
    }

    @Test
    void findsTheClassesThatAClassNames() {
        var names = ClassReferences.of(
                Classes.one("class F { void a(java.util.List<String> l) { l.toArray(new Long[0][]); } }"));
        assertEquals(true, names.containsAll(List.of("java/util/List", "java/lang/Long", "F", "java/lang/Object")));
    }
}
