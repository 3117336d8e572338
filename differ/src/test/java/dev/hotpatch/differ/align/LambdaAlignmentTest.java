package dev.hotpatch.differ.align;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LambdaAlignmentTest {
    private static final String HEAD = "import java.util.function.*; class A { Object o; String f = \"f\"; ";

    @Test
    void keepsTheNameOfALambdaBehindOneThatIsInserted() {
        Versions versions = Versions.of(
                HEAD + "void m() { o = (Supplier<String>) () -> \"old\"; } }",
                HEAD + "void m() { run((Supplier<String>) () -> \"first\"); o = (Supplier<String>) () -> \"old\"; }"
                        + "void run(Object o) {} }");
        assertEquals("lambda$m$1()Ljava/lang/String;", Versions.methodWith(versions.target.get("A"), "old"));
        assertEquals("lambda$m$0()Ljava/lang/String;", Versions.methodWith(versions.aligned.get("A"), "old"));
        assertNotEquals("lambda$m$0()Ljava/lang/String;", Versions.methodWith(versions.aligned.get("A"), "first"));
        assertEquals("lambda$m$0", versions.alignment.methodName("A", "lambda$m$1", "()Ljava/lang/String;"));
    }

    @Test
    void givesNoRemovedLambdasNameToAnother() {
        String removed = "o = (Supplier<String>) () -> { String s = \"gone\"; return s + s.length() + f; };";
        String kept = "o = (Supplier<String>) () -> \"kept\".concat(f); ";
        Versions versions =
                Versions.of(HEAD + "void m() { " + removed + kept + "} }", HEAD + "void m() { " + kept + "} }");
        assertEquals("lambda$m$1()Ljava/lang/String;", Versions.methodWith(versions.aligned.get("A"), "kept"));
    }

    @Test
    void pairsEqualLambdasWithinTheirMethods() {
        String equal = "o = (Supplier<String>) () -> \"same\";";
        Versions versions = Versions.of(
                HEAD + "void m() { " + equal + "} void n() { " + equal + "} }",
                HEAD + "void first() { o = (Runnable) () -> {}; } void m() { " + equal + "} void n() { " + equal
                        + "} }");
        assertEquals(lambdaOf("m", versions.base), aligned(versions, "m"));
        assertEquals(lambdaOf("n", versions.base), aligned(versions, "n"));
        Set<String> before = Code.methods(versions.base.get("A"));
        assertTrue(Code.methods(versions.aligned.get("A")).containsAll(before));
    }

    @Test
    void followsNestedLambdas() {
        String nested = "o = (Supplier<Object>) () -> (Supplier<Object>) () -> (Supplier<String>) () -> \"deep\";";
        Versions versions = Versions.of(
                HEAD + "void m() { " + nested + " } }",
                HEAD + "void m() { o = (Supplier<Object>) () -> (Supplier<String>) () -> \"new\"; " + nested + " } }");
        for (String name : Code.methods(versions.base.get("A"))) {
            if (name.startsWith("lambda$")) {
                assertEquals(Code.text(versions.base.get("A"), name), Code.text(versions.aligned.get("A"), name), name);
            }
        }
    }

    @Test
    void givesAChangedLambdaTheNameItHad() {
        Versions versions = Versions.of(
                HEAD + "void m() { o = (Supplier<String>) () -> f + \"old\"; } }",
                HEAD
                        + "void k() { o = (Runnable) () -> {}; } void m() { o = (Supplier<String>) () -> f + \"fixed\"; } }");
        assertEquals(lambdaOf("m", versions.base), aligned(versions, "m"));
    }

    @Test
    void pairsNoLambdaThatNowNeedsItsObject() {
        Versions versions = Versions.of(
                HEAD + "void m() { o = (Supplier<String>) () -> \"old\"; } }",
                HEAD + "void m() { o = (Supplier<String>) () -> \"old\" + f; } }");
        Set<String> names = Code.methods(versions.aligned.get("A"));
        assertFalse(names.contains("lambda$m$0()Ljava/lang/String;"), names.toString());
        assertTrue(names.contains("lambda$m$0$hp()Ljava/lang/String;"), names.toString());
    }

    @Test
    void keepsLambdasOfConstantsByTheirFields() {
        String two =
                "static final Supplier<String> ONE = () -> \"1\"; static final Supplier<String> TWO = () -> \"2\";";
        Versions versions = Versions.of(
                HEAD + two + "}",
                HEAD + "static final Supplier<String> NIL = () -> \"0\";" + two.replace("\"2\"", "\"two\"") + "}");
        assertEquals("lambda$static$0()Ljava/lang/String;", Versions.methodWith(versions.aligned.get("A"), "1"));
        assertEquals("lambda$static$1()Ljava/lang/String;", Versions.methodWith(versions.aligned.get("A"), "two"));
    }

    @Test
    void alignsLambdasOfInterfacesEnumsAndRecords() {
        for (String kind : new String[] {"interface A {", "enum A { X; ", "record A(int x) {"}) {
            String source = "import java.util.function.*; " + kind;
            String method = (kind.startsWith("interface") ? "default " : "") + "Object m() { ";
            Versions versions = Versions.of(
                    source + method + "return (Supplier<String>) () -> \"old\"; } }",
                    source + "static Object k() { return (Supplier<String>) () -> \"new\"; } " + method
                            + "return (Supplier<String>) () -> \"old\"; } }");
            assertEquals("lambda$m$0()Ljava/lang/String;", Versions.methodWith(versions.aligned.get("A"), "old"), kind);
        }
    }

    @Test
    void followsAccessorsByTheirBodies() {
        String head = "class A { private int x = 1; private String s = \"s\"; private static int t = 2; ";
        Versions versions = Versions.of(
                8,
                head + "class B { int get() { return x + t; } } }",
                head + "class B { String text() { return s; } int get() { return x + t; } } }");
        assertFalse(versions.isSame("A"));
        for (String name : Code.methods(versions.base.get("A"))) {
            if (name.startsWith("access$")) {
                assertEquals(Code.text(versions.base.get("A"), name), Code.text(versions.aligned.get("A"), name), name);
            }
        }
    }

    @Test
    void isNoiseWhereOnlyNumbersDiffer() {
        String one = "class B { int get() { return x; } } ";
        String two = "class C { String get() { return s; } } ";
        String head = "class A { private int x = 1; private String s = \"s\"; ";
        Versions versions = Versions.of(8, head + one + two + "}", head + two + one + "}");
        for (String name : versions.base.keySet()) {
            assertTrue(versions.isSame(name), name);
        }
    }

    @Test
    void returnsWhatMentionsNothingRenamed() {
        Versions versions = Versions.of(
                HEAD + "void m() { o = (Supplier<String>) () -> \"old\"; } }",
                HEAD
                        + "void k() { o = (Supplier<String>) () -> \"k\"; } void m() { o = (Supplier<String>) () -> \"old\"; } }");
        byte[] other = dev.hotpatch.differ.fixture.Classes.one("class Z { Object o = (Runnable) () -> {}; }");
        assertSame(other, versions.alignment.apply(other));
        assertSame(other, Alignment.none().apply(other));
        assertTrue(Alignment.none().isEmpty());
    }

    /** Compilers before Java 25's number the lambdas of a class through, later ones those of each method. */
    private static String lambdaOf(String method, Map<String, byte[]> classes) {
        return Code.methods(classes.get("A")).stream()
                .filter(name -> name.startsWith("lambda$" + method + "$"))
                .map(name -> name.replaceFirst("\\(.*", ""))
                .findFirst()
                .orElseThrow();
    }

    private static String aligned(Versions versions, String method) {
        return versions.alignment.methodName("A", lambdaOf(method, versions.target), "()Ljava/lang/String;");
    }
}
