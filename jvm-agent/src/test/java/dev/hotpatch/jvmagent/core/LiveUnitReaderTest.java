package dev.hotpatch.jvmagent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveUnitReaderTest {
    private static final int HEX = 64;

    @TempDir
    private static Path scratch;

    private static byte[] before = {};
    private static byte[] after = {};
    private static byte[] fresh = {};
    private static byte[] good = {};

    @BeforeAll
    static void compile() throws Exception {
        before = compiled("lib/Foo", "package lib; class Foo { int a() { return 1; } }");
        after = compiled("lib/Foo", "package lib; class Foo { int a() { return 2; } }");
        fresh = compiled("lib/Bar", "package lib; class Bar implements Runnable { public void run() {} }");
        good = patch().bytes();
    }

    private static byte[] compiled(String name, String source) throws Exception {
        return Sources.compile(scratch, Map.of(name, source)).getOrDefault(name, new byte[0]);
    }

    private static LiveZip patch() {
        return new LiveZip()
                .unit("/app/a.jar")
                .unit("/app/b.jar!/c.jar")
                .redefine("lib/Foo", before, after, "0,1")
                .keep("lib/Foo", fresh)
                .add("lib/Bar", fresh, "1");
    }

    @Test
    void readsWhatTheFormatDescribes() throws Refusal {
        LiveUnit unit = LiveUnitReader.parse(good);
        assertEquals(patch().identity(), unit.identity);
        LiveUnit.Redefine redefine = unit.redefine("lib/Foo", LiveZip.sha256(before));
        assertNotNull(redefine);
        assertEquals(LiveZip.sha256(after), redefine.newDigest);
        assertEquals("{0, 1}", redefine.units.toString());
        assertTrue(unit.keeps("lib/Foo", LiveZip.sha256(fresh)));
        assertEquals(
                java.util.List.of("java/lang/Object", "java/lang/Runnable"),
                unit.newClasses().get(0).supers);
    }

    @Test
    void readsEffectsAndChecksThemAgainstTheClassFile() throws Exception {
        byte[] companion = compiled(
                "lib/C",
                "package lib; class C { static void on() {} static boolean ok() { return true; } void its() {} static void of(int i) {} }");
        LiveUnit unit = LiveUnitReader.parse(patch().add("lib/C", companion, "0,1")
                .effect("probe", "lib/C", "ok", "0")
                .effect("apply", "lib/C", "on", "0,1")
                .bytes());
        assertEquals("apply", unit.effects().get(0).kind);
        assertEquals("{0}", unit.effects().get(1).units.toString());
        for (String bad : new String[] {
            "apply lib/C its 0",
            "apply lib/C of 0",
            "probe lib/C on 0",
            "apply lib/Foo on 0",
            "apply lib/Bar run 0",
            "apply lib/C on 2",
            "install lib/C on 0",
            "apply lib/C <clinit> 0",
            "apply lib/C  0"
        }) {
            String[] field = bad.split(" ", -1);
            LiveZip zip = patch().add("lib/C", companion, "0,1").effect(field[0], field[1], field[2], field[3]);
            assertThrows(Refusal.class, () -> LiveUnitReader.parse(zip.bytes()), bad);
        }
        refused(
                "contradicts another",
                patch().add("lib/C", companion, "0,1")
                        .effect("apply", "lib/C", "on", "0")
                        .effect("apply", "lib/C", "on", "1")
                        .bytes());
    }

    @Test
    void takesWhatIsForItsReleaseOfJava() throws Exception {
        byte[] other = compiled("lib/Foo", "package lib; class Foo { int a() { return 3; } }");
        byte[] form = compiled("lib/Bar", "package lib; class Bar { static void on() {} }");
        byte[] zip = new LiveZip()
                .unit("/app/a.jar")
                .redefine("lib/Foo", before, after, "0", "-16")
                .redefine("lib/Foo", before, other, "0", "17-21")
                .add("lib/Bar", fresh, "0", "-8")
                .add("lib/Bar", form, "0", "11-")
                .effect("apply", "lib/Bar", "on", "0")
                .bytes();
        LiveUnit on17 = LiveUnitReader.parse(zip, 17);
        LiveUnit.Redefine redefine = on17.redefine("lib/Foo", LiveZip.sha256(before));
        assertNotNull(redefine);
        assertEquals(LiveZip.sha256(other), redefine.newDigest);
        assertEquals(LiveZip.sha256(form), on17.newClasses().get(0).digest);
        assertEquals(1, on17.newClasses().size());
        LiveUnit on9 = LiveUnitReader.parse(zip, 9);
        assertEquals(0, on9.newClasses().size());
        assertEquals(1, on9.redefinedNames().size());
        assertEquals(0, LiveUnitReader.parse(zip, 25).redefinedNames().size());
        assertThrows(Refusal.class, () -> LiveUnitReader.parse(zip, 8), "the effect is in a class without its method");
        for (String bad : new String[] {"", "-", "9", "16-9", "09-", "0-8", "-0", "9-1000", "-999", "a-", "9-16-"}) {
            byte[] refused = new LiveZip()
                    .unit("/app/a.jar")
                    .redefine("lib/Foo", before, after, "0", bad)
                    .bytes();
            assertThrows(Refusal.class, () -> LiveUnitReader.parse(refused, 17), bad);
        }
        refused(
                "contradicts another",
                new LiveZip()
                        .unit("/app/a.jar")
                        .redefine("lib/Foo", before, after, "0", "-99")
                        .redefine("lib/Foo", before, other, "0", "9-")
                        .bytes());
    }

    @Test
    void refusesEveryTruncation() {
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(Refusal.class, () -> LiveUnitReader.parse(cut));
        }
        assertThrows(Refusal.class, () -> LiveUnitReader.parse(Arrays.copyOf(good, good.length + 1)));
    }

    @Test
    void refusesMissingExtraAndWrongEntries() {
        LiveZip missing = patch();
        missing.entries.remove("classes/" + LiveZip.sha256(fresh) + ".class");
        refused("is missing", missing.bytes());

        LiveZip extra = patch();
        extra.entries.put("classes/" + LiveZip.sha256(before) + ".class", before);
        refused("no line of the index names it", extra.bytes());

        LiveZip foreign = patch();
        foreign.entries.put("classes/readme.txt", new byte[] {1});
        refused("has the content of", foreign.bytes());

        LiveZip swapped = patch();
        swapped.entries.put("classes/" + LiveZip.sha256(fresh) + ".class", after);
        refused("has the content of", swapped.bytes());

        refused("is of lib/Bar", patch().redefine("lib/Baz", before, fresh, "0").bytes());
        refused(
                "not a class file",
                patch().add("lib/Text", new byte[] {1, 2, 3}, "0").bytes());
        refused("the first entry is not", new LiveZip().bytes("other/index"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unit\t1\t/app",
                "unit\t0\t",
                "unit\t0\ta\nunit\t0\tb",
                "unit\t0\ta\nkeep\tA\tH\nkeep\tA\tH",
                "unit\t0\ta\nkeep\tB\tH\nkeep\tA\tH",
                "keep\tA\tH\nunit\t0\ta",
                "unit\t0\ta\nkeep\tA\tH\textra",
                "unit\t0\ta\nkeep\tA\u0001\tH",
                "unit\t0\ta\nkeep\t\tH",
                "unit\t0\ta\nkeep\tA\tXYZ",
                "unit\t0\ta\nredefine\tA\tH\tH\t0",
                "unit\t0\ta\nchange\tA\tH",
                "unit\t0\ta\n",
                "unit\t0\ta\r"
            })
    void refusesAMalformedIndex(String lines) {
        String body = lines.replace("H", "0".repeat(HEX)) + "\n";
        String index =
                "hotpatch-live\t1\npatch\t" + LiveZip.sha256(body.getBytes(StandardCharsets.UTF_8)) + "\n" + body;
        assertThrows(Refusal.class, () -> LiveUnitReader.parse(LiveZip.zip(index, new TreeMap<>())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0,0", "1,0", "2", "65536", "-1", "00", "0,", "99999999999"})
    void refusesUnitNumbersOutOfRange(String units) {
        refused("unit numbers", patch().redefine("lib/Foo", fresh, after, units).bytes());
    }

    @Test
    void refusesAnotherVersionAndAnIdentityThatIsNotItsOwn() {
        refused("hotpatch-live version 1 expected", LiveZip.zip("hotpatch-live\t2\n", new TreeMap<>()));
        refused("a patch line expected", LiveZip.zip("hotpatch-live\t1\n", new TreeMap<>()));
        String index = "hotpatch-live\t1\npatch\t" + "0".repeat(HEX) + "\n";
        refused("says that it is patch", LiveZip.zip(index, new TreeMap<>()));
        refused("does not end with a line feed", LiveZip.zip("hotpatch-live\t1", new TreeMap<>()));
    }

    @Test
    void refusesSizesThatTheFileCannotHave() {
        int end = good.length - 22;
        ByteBuffer zip = ByteBuffer.wrap(good.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int directory = zip.getInt(end + 16);
        for (int offset : new int[] {20, 24, 42}) {
            for (int value : new int[] {-1, Integer.MAX_VALUE, 17 << 20, 0}) {
                byte[] bad = good.clone();
                ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 46 + 14 + offset, value);
                ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + offset, value == 0 ? 7 : value);
                assertThrows(Refusal.class, () -> LiveUnitReader.parse(bad));
            }
        }
    }

    /** Whatever is read, it is refused in an orderly way, or it is a unit with the identity of its content. */
    @Test
    void survivesMutations() {
        Random random = new Random(20260101);
        int accepted = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = good.clone();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                int at = random.nextInt(bytes.length);
                if (random.nextInt(4) == 0) {
                    int from = random.nextInt(bytes.length);
                    int length = random.nextInt(Math.min(64, bytes.length - Math.max(at, from)) + 1);
                    System.arraycopy(good, from, bytes, at, length);
                } else {
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                }
            }
            try {
                LiveUnit unit = LiveUnitReader.parse(bytes);
                assertEquals(patch().identity(), unit.identity);
                accepted++;
            } catch (Refusal e) {
                assertEquals(Refusal.BAD_ARCHIVE, e.code());
            }
        }
        // Time stamps, attributes and the like are not looked at.
        assertTrue(accepted < 10_000, "accepted " + accepted);
    }

    private static void refused(String reason, byte[] zip) {
        Refusal refusal = assertThrows(Refusal.class, () -> LiveUnitReader.parse(zip));
        assertEquals(Refusal.BAD_ARCHIVE, refusal.code());
        assertTrue(String.valueOf(refusal.getMessage()).contains(reason), refusal.getMessage());
    }
}
