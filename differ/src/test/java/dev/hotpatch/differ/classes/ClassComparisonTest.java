package dev.hotpatch.differ.classes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotpatch.differ.fixture.Classes;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Reason;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassComparisonTest {
    private static ClassVerdict compare(String base, String target) {
        return ClassComparison.compare(Classes.one(base), Classes.one(target));
    }

    private static byte[] file(Map<String, byte[]> classes, String name) {
        return Objects.requireNonNull(classes.get(name));
    }

    private static List<String> codes(ClassVerdict verdict) {
        return verdict.reasons().stream().map(Reason::code).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class F { int a() { return 1; } } | class F { int a() { return 2; } } | redefine |",
                "class F { int a() { return 1; } void b() {} } | class F { void b() {} int a() { return 1; } } | noise |",
                "class F { int a; int b; int s() { return 1; } } | class F { int b; int a; int s() { return 2; } } | redefine |",
                "class F { } | class F { void b() {} } | blocked | method-added",
                "class F { void b() {} } | class F { } | blocked | method-removed",
                "class F { } | class F { int b; } | blocked | field-added",
                "class F { int b; } | class F { } | blocked | field-removed",
                "class F { int b; } | class F { long b; } | blocked | field-changed",
                "class F { void b() {} } | class F { public void b() {} } | blocked | modifiers-changed",
                "class F { } | final class F { } | blocked | modifiers-changed",
                "class F { } | class F implements Runnable, Cloneable { public void run() {} } | blocked | hierarchy hierarchy method-added",
                "class F extends Thread { F() { super((String) null); } } | class F extends Exception { F() { super((String) null); } } | blocked | hierarchy",
                "class F { Object o() { return null; } } | class F { Object o() { return new Object() { }; } } | blocked | nest-changed",
                "record F(int a) { } | record F(int a, int b) { } | blocked | record-changed field-added method-added method-added method-removed",
                "class F { static int a = 1; } | class F { static int a = 2; } | redefine | static-initialiser-not-rerun",
                "class F { static final int A = 1; } | class F { static final int A = 2; } | redefine | constant-not-updated",
                "class F { int a = 1; } | class F { int a = 2; } | redefine | constructor-not-rerun",
            })
    void decidesAsHotSpotDoes(String base, String target, String decision, String codes) {
        ClassVerdict verdict = compare(base, target);
        assertEquals(decision, verdict.decision().word());
        assertEquals(
                codes == null
                        ? List.of()
                        : List.of(codes.split(" ")).stream().sorted().toList(),
                codes(verdict).stream().sorted().toList());
    }

    @Test
    void takesDebugTablesForNoise() {
        String source = "class F { int a(int x) { int y = x + 1; return y; } }";
        Map<String, byte[]> with = Classes.compile(List.of("--release", "17", "-g"), source);
        Map<String, byte[]> without = Classes.compile(List.of("--release", "11", "-g:none"), source);
        assertEquals(
                Decision.NOISE,
                ClassComparison.compare(file(with, "F"), file(without, "F")).decision());
    }

    @Test
    void blocksLambdasThatSwapTheirNumbers() {
        ClassVerdict verdict = compare(
                "class F { Runnable a() { return () -> System.out.println(1); } Runnable b() { return () -> System.exit(2); } "
                        + "Runnable c(boolean x) { Runnable p = () -> notify(); Runnable q = () -> notifyAll(); return x ? p : q; } }",
                "class F { Runnable a() { return () -> System.out.println(1); } Runnable b() { return () -> System.exit(2); } "
                        + "Runnable c(boolean x) { Runnable q = () -> notifyAll(); Runnable p = () -> notify(); return x ? p : q; } }");
        assertEquals(List.of("synthetic-renumbered", "synthetic-renumbered"), codes(verdict));
    }

    @Test
    void takesAChangedLambdaForAChangedBody() {
        ClassVerdict verdict = compare(
                "class F { Runnable a() { return () -> System.out.println(1); } }",
                "class F { Runnable a() { return () -> System.out.println(2); } }");
        assertEquals(Decision.REDEFINE, verdict.decision());
    }

    @Test
    void blocksTablesOfSwitchesOverEnums() {
        String source =
                "class F { int a(java.util.concurrent.TimeUnit u) { switch (u) { case %s: return 1; default: return 0; } } }";
        Map<String, byte[]> base = Classes.compile(source.formatted("DAYS"));
        Map<String, byte[]> target = Classes.compile(source.formatted("HOURS"));
        // The table's field is the same, and what fills it is not.
        assertEquals(
                List.of("synthetic-renumbered"),
                codes(ClassComparison.compare(file(base, "F$1"), file(target, "F$1"))));
    }

    @Test
    void blocksWhatIsNoClassFile() {
        assertEquals(
                List.of("class-unreadable"),
                codes(ClassComparison.compare(new byte[] {1, 2}, Classes.one("class F { }"))));
    }

    @Test
    void findsTheClassesThatAClassNames() {
        var names = ClassReferences.of(
                Classes.one("class F { void a(java.util.List<String> l) { l.toArray(new Long[0][]); } }"));
        assertEquals(true, names.containsAll(List.of("java/util/List", "java/lang/Long", "F", "java/lang/Object")));
    }
}
