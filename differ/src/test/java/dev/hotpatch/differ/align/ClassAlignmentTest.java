package dev.hotpatch.differ.align;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClassAlignmentTest {
    private static final String HEAD = "import java.util.function.*; class A { Object o; ";

    private static String anonymous(String text) {
        return "o = new Supplier<String>() { public String get() { return \"" + text + "\"; } }; ";
    }

    @Test
    void keepsAnAnonymousClassBehindOneThatIsInserted() {
        Versions versions = Versions.of(
                HEAD + "void m() { " + anonymous("old") + "} }",
                HEAD + "void m() { o = new Runnable() { public void run() {} }; " + anonymous("old") + "} }");
        assertEquals("A$1", versions.alignment.className("A$2"));
        assertEquals("A$$hpt$1", versions.alignment.className("A$1"));
        assertTrue(versions.isSame("A$1"));
        assertEquals(
                "{A$1=A$$hpt$1, A$2=A$1}", versions.alignment.renamedClasses().toString());
    }

    @Test
    void givesANewAnonymousClassAFreshNameThoughItsNumberIsFree() {
        Versions versions = Versions.of(
                HEAD + "void m() { " + anonymous("old") + "} }",
                HEAD + "void m() { " + anonymous("old")
                        + "} void n() { o = new Thread() { public void run() {} }; } }");
        assertEquals("A$1", versions.alignment.className("A$1"));
        assertEquals("A$$hpt$1", versions.alignment.className("A$2"));
    }

    @Test
    void pairsNestedAnonymousClassesWithLambdasInside() {
        String nested =
                "o = new Supplier<Object>() { public Object get() { int x = 1; Runnable r = () -> System.out.println(x);"
                        + " return new Supplier<Object>() { public Object get() { Runnable s = () -> System.out.println(\"deep\"); return s; } }; } }; ";
        Versions versions = Versions.of(
                HEAD + "void m() { " + nested + "} }",
                HEAD + "void m() { o = new Supplier<Object>() { public Object get() { return new Object() {}; } }; "
                        + nested + "} }");
        assertEquals("A$1", versions.alignment.className("A$2"));
        assertEquals("A$1$1", versions.alignment.className("A$2$1"));
        assertEquals("A$$hpt$1", versions.alignment.className("A$1"));
        assertEquals("A$$hpt$1$1", versions.alignment.className("A$1$1"));
        assertTrue(versions.isSame("A$1"));
        assertTrue(versions.isSame("A$1$1"));
    }

    @Test
    void pairsAChangedClassOfAChangedOne() {
        String nested =
                "o = new Supplier<Object>() { public Object get() { return new Supplier<Object>() { public Object get() {"
                        + " return \"deep\".concat(toString()); } }; } }; ";
        Versions versions = Versions.of(
                HEAD + "void m() { " + nested + "} }",
                HEAD + "void m() { o = new Runnable() { public void run() { o = new Object() {}; } }; "
                        + nested.replace("deep", "fixed") + "} }");
        assertEquals("A$1", versions.alignment.className("A$2"));
        assertEquals("A$1$1", versions.alignment.className("A$2$1"));
        assertTrue(versions.isSame("A$1"));
        assertFalse(versions.isSame("A$1$1"));
    }

    @Test
    void pairsLocalClassesByNameAndMethod() {
        String local =
                "void m() { class L { class M { String k() { return \"old\"; } } Object k() { return new M(); } } o = new L(); } ";
        Versions versions = Versions.of(
                HEAD + local + "}",
                HEAD + "void a() { class L { int z; } o = new L(); } " + local.replace("old", "new") + "}");
        assertEquals("A$1L", versions.alignment.className("A$2L"));
        assertEquals("A$1L$M", versions.alignment.className("A$2L$M"));
        assertEquals("A$$hpt$1L", versions.alignment.className("A$1L"));
        assertTrue(versions.isSame("A$1L"));
        assertFalse(versions.isSame("A$1L$M"));
    }

    @Test
    void pairsNoClassOfAnotherType() {
        Versions versions = Versions.of(
                HEAD + "void m() { " + anonymous("old") + "} }",
                HEAD + "void m() { o = new Runnable() { public void run() {} }; } }");
        assertEquals("A$$hpt$1", versions.alignment.className("A$1"));
    }

    @Test
    void pairsBodiesOfEnumConstantsByTheConstant() {
        String head = "enum A { ";
        String two = "ONE { int f(int a) { return 1; } }, TWO { int f(int a) { return 2; } }; abstract int f(int a); }";
        String added = "NIL { long f(int a) { return 0; } }, " + two.replace("int f", "long f");
        Versions versions = Versions.of(head + two, head + added);
        assertEquals("A$1", versions.alignment.className("A$2"));
        assertEquals("A$2", versions.alignment.className("A$3"));
        assertEquals("A$$hpt$1", versions.alignment.className("A$1"));
    }

    @Test
    void tellsClassesThatKeepThemselvesApartByTheirBodies() {
        String one =
                "{ class L { static L i; int k() { return Integer.parseInt(\"one\"); } } Object p = L.i = new L(); } ";
        String two =
                "{ class L { static L i; int k() { int s = hashCode(); s += s * 31; return s ^ 2; } } Object p = L.i = new L(); } ";
        Versions versions = Versions.of(
                HEAD + "static void m() { " + one + two + "} }",
                HEAD + "static void m() { " + two.replace("^ 2", "^ 3") + "} }");
        assertEquals("A$2L", versions.alignment.className("A$1L"));
    }

    @Test
    void keepsATableOfASwitchOnlyIfItIsTheSame() {
        String head =
                "import java.lang.annotation.*; class A { int m(RetentionPolicy r) { switch (r) { case CLASS: return 1; ";
        String tail = "default: return 0; } } ";
        String same = "int n() { return new Object() { int k() { return 3; } }.k(); } }";
        Versions unchanged = Versions.of(head + tail + "}", head + tail + same);
        assertEquals(
                "A$1",
                Versions.classWith(unchanged.base, "$SwitchMap$java$lang$annotation$RetentionPolicy")
                        .replace("A ", ""));
        assertTrue(unchanged.isSame("A$1"));
        Versions changed = Versions.of(head + tail + "}", head + "case SOURCE: return 2; " + tail + "}");
        assertEquals("A$$hpt$1", changed.alignment.className("A$1"));
        assertFalse(changed.aligned.containsKey("A$1"));
    }

    @Test
    void keepsConstructorsThatAreMarkedByAnAnonymousClass() {
        String inner = "static class B { private B(int x) {} } Object b() { return new B(1); } ";
        Versions versions = Versions.of(
                8,
                HEAD + inner + "void m() { " + anonymous("old") + "} }",
                HEAD + inner + "void k() { o = new Thread() { public void run() {} }; } void m() { " + anonymous("old")
                        + "} }");
        assertTrue(versions.isSame("A$B"));
        assertEquals(
                Code.text(versions.base.get("A"), "b()Ljava/lang/Object;"),
                Code.text(versions.aligned.get("A"), "b()Ljava/lang/Object;"));
    }

    @Test
    void keepsEmptyMarkers() {
        String inner = "static class B { private B(int x) {} } Object b() { return new B(1); } ";
        Versions versions = Versions.of(8, HEAD + inner + "}", HEAD + inner + "void m() { " + anonymous("new") + "} }");
        assertTrue(versions.isSame("A$B"));
        assertTrue(versions.aligned.containsKey(Versions.classWith(versions.aligned, "new")));
        assertTrue(versions.alignment
                .className(Versions.classWith(versions.target, "new"))
                .contains("$$hpt$"));
    }

    @Test
    void leavesClassesOfANewClassTheirNames() {
        Versions versions = Versions.of(
                HEAD + "}",
                HEAD + "static class N { Object o = new Object() { }; } Object p = new Object() { int z; }; }");
        assertEquals("A$N$1", versions.alignment.className("A$N$1"));
        assertEquals("A$$hpt$1", versions.alignment.className("A$1"));
    }

    @Test
    void isTheSameEachTime() {
        String base = HEAD + "void m() { " + anonymous("1") + anonymous("2") + anonymous("3") + "} }";
        String target = HEAD + "void k() { " + anonymous("0") + "} void m() { " + anonymous("2") + anonymous("9")
                + anonymous("3") + anonymous("7") + "} }";
        Versions one = Versions.of(base, target);
        for (int i = 0; i < 5; i++) {
            Versions again = new Versions(one.base, one.target);
            assertEquals(one.alignment.renamedClasses(), again.alignment.renamedClasses());
            again.aligned.forEach((name, file) -> assertEquals(
                    java.util.HexFormat.of().formatHex(file),
                    java.util.HexFormat.of().formatHex(one.aligned.getOrDefault(name, new byte[0]))));
        }
    }
}
