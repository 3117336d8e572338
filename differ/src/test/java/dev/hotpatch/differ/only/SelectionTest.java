package dev.hotpatch.differ.only;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.differ.archive.ClassKey;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.fixture.Classes;
import dev.hotpatch.differ.pairing.UnitPair;
import dev.hotpatch.patchformat.plan.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is selected does what the new release does, and everything else what the old one does. */
class SelectionTest {
    @TempDir
    Path temporary;

    private Spool spool;

    @BeforeEach
    void open() throws IOException {
        spool = Spool.in(temporary, 1 << 24);
    }

    @AfterEach
    void close() throws IOException {
        spool.close();
    }

    @Test
    void takesOneMethodAndLeavesTheOthers() throws Exception {
        String foo = "class Foo { static int a() { return %1$s; } static int b() { return %1$s; } }";
        Result result = select(List.of(foo.formatted("1")), List.of(foo.formatted("2")), "Foo#a");
        assertEquals(2, result.run("Foo", "a"));
        assertEquals(1, result.run("Foo", "b"));
        assertEquals(Map.of(), result.selected.reasons());
    }

    @Test
    void takesAlongWhatTheBaseLacksButNoBodyThatMerelyDiffers() throws Exception {
        Result result = select(
                List.of(
                        "class Foo { static int a() { return Bar.old(); } }",
                        "class Bar { static int old() { return 1; } }",
                        "class Other { int x() { return 1; } }"),
                List.of(
                        "class Foo { static int a() { return Bar.old() + Bar.more() + New.value(); } }",
                        "class Bar { static final int[] BOX = {10}; static int old() { return 2; }"
                                + " static int more() { return BOX[0]; } }",
                        "class New { static int value() { return 100; } }",
                        "class Unused { }",
                        "class Other { int x() { return 2; } }"),
                "Foo#a");
        assertEquals(111, result.run("Foo", "a"));
        assertFalse(result.target.containsKey("Unused"));
        assertEquals(
                List.of("Bar", "New"), List.copyOf(result.selected.reasons().keySet()));
        Reason reason = result.selected.reasons().get("New").get(0);
        assertEquals(Reason.NEEDED_BY, reason.code());
        assertTrue(reason.text().contains("Foo#a()I"), reason.text());
        assertEquals(2, result.selected.leftOut());
    }

    @Test
    void keepsApartLambdasAndAnonymousClassesOfTheSameNumber() throws Exception {
        String old = "import java.util.function.*; class Foo {"
                + " static int a() { IntSupplier s = () -> 1; return s.getAsInt(); }"
                + " static int b() { IntSupplier s = () -> 2; return s.getAsInt()"
                + " + new Object() { int v() { return 20; } }.v(); } }";
        String now = "import java.util.function.*; class Foo {"
                + " static int a() { IntSupplier s = () -> 3; IntSupplier t = () -> 4;"
                + " return s.getAsInt() + t.getAsInt() + new Object() { int v() { return 30; } }.v(); }"
                + " static int b() { IntSupplier s = () -> 5; return s.getAsInt()"
                + " + new Object() { int v() { return 50; } }.v(); } }";
        Result result = select(List.of(old), List.of(now), "Foo#a");
        assertEquals(37, result.run("Foo", "a"));
        assertEquals(22, result.run("Foo", "b"));
        assertEquals(55, select(List.of(old), List.of(now), "Foo#b").run("Foo", "b"));
        assertEquals(37, select(List.of(old), List.of(now), "Foo*").run("Foo", "a"));
    }

    @Test
    void keepsApartAccessorsOfOldCompilers() throws Exception {
        List<String> java8 = List.of("--release", "8", "-Xlint:-options");
        Result result = select(
                Classes.compile(
                        java8,
                        "class Foo { private static int x = 1; private static int y = 2;"
                                + " static class In { static int a() { return x; } static int b() { return x; } } }"),
                Classes.compile(
                        java8,
                        "class Foo { private static int x = 1; private static int y = 2;"
                                + " static class In { static int a() { return y; } static int b() { return x + y; } } }"),
                "Foo$In#a");
        assertEquals(2, result.run("Foo$In", "a"));
        assertEquals(1, result.run("Foo$In", "b"));
    }

    @Test
    void takesImplementationsOfAnAddedMethodAndWhereFieldsGetTheirValues() throws Exception {
        Result result = select(
                List.of(
                        "class Foo { static int a(Shape s) { return s.x(); } static int m() { return a(new Square()); } }",
                        "interface Shape { int x(); }",
                        "class Square implements Shape { public int x() { return 1; } }"),
                List.of(
                        "class Foo { static int a(Shape s) { return s.y(); } static int m() { return a(new Square()); } }",
                        "interface Shape { int x(); int y(); }",
                        "class Square implements Shape { private final int[] box; Square() { box = new int[] {7}; }"
                                + " public int x() { return 2; } public int y() { return box[0]; } }"),
                "Foo#a(LShape;)I");
        assertEquals(7, result.run("Foo", "m"));
    }

    @Test
    void takesAnAddedEnumConstantWithItsTable() throws Exception {
        Result result = select(
                List.of("class Foo { static int a() { return E.values().length; } }", "enum E { A, B }"),
                List.of(
                        "class Foo { static int a() { return E.C.ordinal() + E.values().length; } }",
                        "enum E { A, B, C }"),
                "Foo#a");
        assertEquals(5, result.run("Foo", "a"));
    }

    @Test
    void tellsOverloadsApartByTheirParameters() throws Exception {
        String foo =
                "class Foo { static int p(String s, int... i) { return %1$s; } static int p(java.util.List<String> l) { return %1$s; }"
                        + " static int p() { return %1$s; }"
                        + " static int a() { return 100 * p(\"\", 1) + 10 * p(java.util.List.of()) + p(); } }";
        List<String> old = List.of(foo.formatted("1"));
        List<String> now = List.of(foo.formatted("2"));
        assertEquals(222, select(old, now, "Foo#p").run("Foo", "a"));
        assertEquals(211, select(old, now, "Foo#p(String, int...)").run("Foo", "a"));
        assertEquals(121, select(old, now, "Foo#p(java.util.List)").run("Foo", "a"));
        assertEquals(121, select(old, now, "Foo#p(Ljava/util/List;)I").run("Foo", "a"));
        assertEquals(121, select(old, now, "Foo#p(Ljava/util/List;)").run("Foo", "a"));
        assertEquals(112, select(old, now, "Foo#p()").run("Foo", "a"));
        assertTrue(refusal(old, now, "Foo#p(long)").contains("p(Ljava/util/List;)I"), refusal(old, now, "Foo#p(long)"));
    }

    @Test
    void takesConstructorsAndInitialisers() throws Exception {
        String foo = "class Foo { final int x; static int y = %1$s; Foo() { x = %1$s; } Foo(int i) { x = 10 * %1$s; }"
                + " static int a() { return 100 * y + new Foo(1).x + new Foo().x; } }";
        List<String> old = List.of(foo.formatted("1"));
        List<String> now = List.of(foo.formatted("2"));
        assertEquals(122, select(old, now, "Foo#<init>").run("Foo", "a"));
        assertEquals(121, select(old, now, "Foo#<init>(int)").run("Foo", "a"));
        assertEquals(211, select(old, now, "Foo#<clinit>").run("Foo", "a"));
    }

    @Test
    void namesNestedClassesWithADotOrADollarSign() throws Exception {
        String foo =
                "class Foo { static class In { static int a() { return %1$s; } static class Most { static int a() { return %1$s; } } } }";
        List<String> old = List.of(foo.formatted("1"));
        List<String> now = List.of(foo.formatted("2"));
        for (String pattern : new String[] {"Foo.In.Most", "Foo$In$Most", "Foo.In$Most#a", "Foo.In.M*"}) {
            assertEquals(2, select(old, now, pattern).run("Foo$In$Most", "a"), pattern);
            assertEquals(1, select(old, now, pattern).run("Foo$In", "a"), pattern);
        }
    }

    @Test
    void refusesAMethodThatIsTheSame() {
        String foo =
                "class Foo { static int a() { return 1; } static int b() { return %s; } static Object c() { return (Runnable) () -> b(); } }";
        List<String> old = List.of(foo.formatted("1"));
        List<String> now = List.of(foo.formatted("2"));
        String refusal = refusal(old, now, "Foo#a");
        assertTrue(refusal.contains("Foo#a is the same in OLD and NEW; what differs in the class: b()I"), refusal);
    }

    @Test
    void takesFormsForReleasesOfJavaWithWhatTheyNeed() throws Exception {
        Map<String, byte[]> base = Classes.compile("class Foo { static int a() { return 1; } }");
        Map<String, byte[]> target = Classes.compile("class Foo { static int a() { return 2; } }", "class Unused { }");
        Map<String, byte[]> form = Classes.compile(
                "class Foo { static int a() { return New.b(); } }", "class New { static int b() { return 9; } }");
        SortedMap<ClassKey, StoredFile> old = stored(base, 0);
        SortedMap<ClassKey, StoredFile> now = stored(target, 0);
        now.putAll(stored(form, 9));
        Selection.Selected selected = Selection.select(
                List.of(CodePattern.parse("Foo#a")), List.of(new UnitPair("a.jar", "a.jar", old, now)), spool);
        assertEquals(
                List.of(new ClassKey("Foo", 0), new ClassKey("Foo", 9), new ClassKey("New", 9)),
                List.copyOf(selected.pairs().get(0).target().keySet()));
    }

    @Test
    void namesWhatIsNearAPatternThatMatchesNothing() {
        String foo = "class Foo { static int alpha() { return %s; } }";
        List<String> old = List.of(foo.formatted("1"), "class Same { }");
        List<String> now = List.of(foo.formatted("2"), "class Same { }");
        assertTrue(refusal(old, now, "Fooo").contains("near it: Foo"), refusal(old, now, "Fooo"));
        assertTrue(refusal(old, now, "Foo#alhpa").contains("alpha()I"));
        assertTrue(refusal(old, now, "Same").contains("is the same in OLD and NEW"));
        assertThrows(IllegalArgumentException.class, () -> CodePattern.parse("Foo*#a"));
    }

    private String refusal(List<String> old, List<String> now, String pattern) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> select(old, now, pattern))
                .getMessage());
    }

    private Result select(List<String> old, List<String> now, String... patterns) throws IOException {
        return select(
                Classes.compile(old.toArray(new String[0])), Classes.compile(now.toArray(new String[0])), patterns);
    }

    private Result select(Map<String, byte[]> old, Map<String, byte[]> now, String... patterns) throws IOException {
        UnitPair pair = new UnitPair("a.jar", "a.jar", stored(old, 0), stored(now, 0));
        Selection.Selected selected =
                Selection.select(Arrays.stream(patterns).map(CodePattern::parse).toList(), List.of(pair), spool);
        Map<String, byte[]> target = new TreeMap<>();
        for (StoredFile file : selected.pairs().get(0).target().values()) {
            target.put(file.className(), spool.read(file.blob().orElseThrow()));
        }
        return new Result(selected, target);
    }

    private SortedMap<ClassKey, StoredFile> stored(Map<String, byte[]> classes, int release) throws IOException {
        SortedMap<ClassKey, StoredFile> files = new TreeMap<>();
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            Spool.Added added = spool.add(new ByteArrayInputStream(each.getValue()));
            files.put(
                    new ClassKey(each.getKey(), release),
                    new StoredFile(
                            each.getKey() + ".class",
                            added.digest(),
                            each.getValue().length,
                            Optional.of(added.blob()),
                            StoredFile.Kind.CLASS,
                            each.getKey()));
        }
        return files;
    }

    private record Result(Selection.Selected selected, Map<String, byte[]> target) {
        Object run(String className, String method) throws Exception {
            ClassLoader loader = new ClassLoader(null) {
                @Override
                protected Class<?> findClass(String name) throws ClassNotFoundException {
                    byte[] bytes = target.get(name.replace('.', '/'));
                    if (bytes == null) {
                        throw new ClassNotFoundException(name);
                    }
                    return defineClass(name, bytes, 0, bytes.length);
                }
            };
            var found = loader.loadClass(className).getDeclaredMethod(method);
            found.setAccessible(true);
            return found.invoke(null);
        }
    }
}
