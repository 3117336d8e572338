package dev.hotpatch.differ.initial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.differ.fixture.Classes;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

final class StaticInitialiserTest {
    private static final String MUCH = """
            import java.util.*;
            public class Subject {
                static int k1 = Integer.parseInt("7");
                static final Map<String, Object> MAP = new HashMap<>();
                static final boolean FLAG;
                static String k2 = System.getProperty("java.version") == null ? "none" : "some";
                static long[] table = new long[16];
                static final List<String> LIST = Collections.unmodifiableList(new ArrayList<>(Arrays.asList("a", "b")));
                static String chosen = k1 > 3 ? "big" : "small";
                static double k3;
                static String caught;
                static int sum;
                static {
                    MAP.put("one", 1);
                    MAP.put("seven", k1);
                    for (int i = 0; i < table.length; i++) {
                        long square = (long) i * i;
                        if (i % 3 == 0) { table[i] = square; } else { continue; }
                    }
                }
                static {
                    double d = 2.5;
                    for (int i = 0; i < 3; i++) { d += i; }
                    k3 = d;
                }
                static {
                    String s;
                    try {
                        s = String.valueOf(Integer.parseInt("x"));
                    } catch (NumberFormatException e) {
                        s = e.getMessage();
                    } finally {
                        MAP.put("done", Boolean.TRUE);
                    }
                    caught = s;
                }
                static {
                    switch (k2) { case "some": FLAG = true; break; case "none": FLAG = false; break; default: FLAG = k1 > 0; }
                }
                static {
                    int n = 0;
                    for (String s : LIST) { n += s.length(); }
                    sum = n + k1;
                }
                static String last = "end" + k1;
                static int f() { assert k1 == 7; return k1; }
            }
            """;

    static IntStream versions() {
        int newest = Runtime.version().feature() + 44;
        return IntStream.of(49, 52, 61, 69).filter(version -> version <= newest);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void bothPartsVerifyAndGiveTheSameValuesForAnySetOfFields(int version) throws Exception {
        String[] names = {
            "MAP", "FLAG", "table", "LIST", "chosen", "caught", "sum", "$assertionsDisabled", "k3", "last", "k2"
        };
        Map<String, byte[]> classes = Parted.compile(version, MUCH);
        for (int bits = 1; bits < 1 << names.length; bits += bits < 16 ? 1 : 37) {
            int chosen = bits;
            String[] added = IntStream.range(0, names.length)
                    .filter(i -> (chosen >> i & 1) != 0)
                    .mapToObj(i -> names[i])
                    .toArray(String[]::new);
            Parted parted = Parted.of(version, classes, added);
            // the finally block fills the map in the statement that sets "caught"
            boolean torn = Set.of(added).contains("MAP") != Set.of(added).contains("caught");
            assertEquals(
                    torn,
                    !parted.split.inseparable().isEmpty(),
                    () -> parted.split.inseparable().toString());
            assertEquals(parted.before(), parted.after(), () -> String.join(",", added));
        }
    }

    @Test
    void takesAnUnrelatedFieldOnly() throws Exception {
        Parted parted = Parted.of(
                61,
                "class Subject { static Object a = new Object(); static int b = f(); static int f() { return 3; } }",
                "b");
        assertNotNull(parted.split.kept());
        assertNotNull(parted.split.cut());
        assertEquals("3", parted.after().get("b"));
    }

    @Test
    void keepsNothingWhenOnlyTheReturnIsLeft() {
        Parted parted = Parted.of(61, "class Subject { static Object a = new Object(); }", "a");
        assertNull(parted.split.kept());
        assertTrue(StaticInitialiser.sameButFor(null, parted.split, (a, b) -> false));
    }

    @Test
    void keptStatementsMayReadAddedFields() throws Exception {
        Parted parted =
                Parted.of(61, "class Subject { static int a = Integer.parseInt(\"4\"); static int b = a + 1; }", "a");
        assertEquals(Set.of("a:I"), parted.split.keptReadsAdded());
        assertTrue(parted.split.inseparable().isEmpty());
        assertEquals(parted.before(), parted.after());
    }

    @Test
    void readsAValueBackFromTheFieldThatHoldsItToo() throws Exception {
        for (String source : new String[] {
            "class Subject { static final Object A; static final Object B; static { A = B = \"x\" + Integer.parseInt(\"4\"); } }",
            "class Subject { static final Object A; static final Object B; static { B = A = \"x\" + Integer.parseInt(\"4\"); } }",
            "class Subject { static final long A; static final long B, C; static { B = A = C = Long.parseLong(\"4\"); } }"
        }) {
            Parted parted = Parted.of(61, source, "A");
            assertTrue(parted.split.inseparable().isEmpty(), source);
            assertEquals(parted.before(), parted.after());
        }
    }

    @Test
    void doesNotReadBackFromAFieldThatMayChange() {
        Parted parted = Parted.of(
                61,
                "class Subject { static int a; public static int b; static { a = b = f(); } static int f() { b++; return 1; } }",
                "a");
        assertTrue(parted.split.inseparable().get("a:I").contains("field b"));
    }

    @Test
    void namesTheOtherFieldOfACommonStatement() {
        Parted parted = Parted.of(
                61,
                "class Subject { static int a, b; static { if (Boolean.getBoolean(\"x\")) { a = 1; b = 2; } } }",
                "a");
        assertTrue(parted.split.inseparable().get("a:I").contains("field b"));
        assertNull(parted.split.cut());
    }

    @Test
    void leavesEffectsOnOthersWhereTheyAre() throws Exception {
        Parted parted = Parted.of(61, """
                import java.util.*;
                class Subject {
                    static List<Object> all = new ArrayList<>();
                    static List<Object> more = new ArrayList<>(List.of(1));
                    static { all.add(more); more.add(2); more.addAll(List.of(3)); System.setProperty("q", "r"); }
                }
                """, "more");
        assertEquals(Set.of("more:Ljava/util/List;"), parted.split.keptReadsAdded());
        // a kept statement passes the list on before it is complete
        assertTrue(parted.split.inseparable().containsKey("more:Ljava/util/List;"));
    }

    @Test
    void doesNotMoveAStatementBeforeTheValueItNeeds() {
        Parted parted = Parted.of(61, """
                class Subject {
                    static int a = Integer.parseInt("1");
                    static int k = a + 1;
                    static int m = Integer.parseInt("2");
                    static int c = m + 1;
                }
                """, "a", "c");
        assertEquals(Set.of("c:I"), parted.split.inseparable().keySet());
    }

    @Test
    void refusesAStatementThatChangesSomethingElseOnTheWay() {
        Parted parted = Parted.of(61, """
                class Subject {
                    static java.util.Map<String, Object> kept = new java.util.HashMap<>();
                    static Object a;
                    static { Object x = new Object(); kept.put("x", x); a = x; }
                }
                """, "a");
        assertTrue(parted.split.inseparable().get("a:Ljava/lang/Object;").contains("Map.put"));
    }

    @Test
    void addedEnumConstantsAreOrdinaryFields() throws Exception {
        String source = "public enum Subject { A, B { @Override int f() { return 2; } }, C; int f() { return 1; } }";
        Parted parted = Parted.of(61, source, "B", "C");
        assertTrue(parted.split.inseparable().isEmpty());
        assertNotNull(parted.split.cut());
    }

    @Test
    void theBaseHasTheSameInitialiserWhenOnlyAddedFieldsDiffer() {
        String rest = "static int k = Integer.parseInt(\"7\"); static String s = k > 2 ? \"a\" : \"b\"; }";
        MethodNode base = clinit(Classes.compile("class Subject { " + rest));
        String target =
                "class Subject { static Object a = k() ? new Object() : null; static boolean k() { return true; } "
                        + rest;
        Parted parted = Parted.of(61, target, "a");
        assertTrue(StaticInitialiser.sameButFor(base, parted.split, MethodBytes::same));
        Parted other = Parted.of(61, target.replace("\"7\"", "\"8\""), "a");
        assertFalse(StaticInitialiser.sameButFor(base, other.split, MethodBytes::same));
    }

    @Test
    void leavesWhatTheCallerForbidsToMove() {
        MethodNode clinit =
                clinit(Classes.compile("class Subject { static Object a = new Object(), b = \"b\".trim(); }"));
        StaticInitialiser.Split split = StaticInitialiser.split(
                "Subject",
                clinit,
                Set.of("a:Ljava/lang/Object;", "b:Ljava/lang/Object;"),
                Set.of(),
                node -> node.getOpcode() == Opcodes.NEW);
        assertEquals(Set.of("a:Ljava/lang/Object;"), split.inseparable().keySet());
        assertEquals(1, Parted.count(split.cut(), Opcodes.PUTSTATIC));
    }

    private static MethodNode clinit(Map<String, byte[]> classes) {
        ClassNode node = new ClassNode();
        new ClassReader(classes.get("Subject")).accept(node, ClassReader.EXPAND_FRAMES);
        return node.methods.stream()
                .filter(m -> "<clinit>".equals(m.name))
                .findFirst()
                .orElseThrow();
    }
}
