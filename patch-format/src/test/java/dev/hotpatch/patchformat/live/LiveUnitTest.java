package dev.hotpatch.patchformat.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.Mutations;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.Effect;
import dev.hotpatch.patchformat.plan.Releases;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

final class LiveUnitTest {
    private static final Map<Digest, byte[]> CLASSES = new HashMap<>();
    private static final Digest OLD = Digest.of(new byte[] {0});
    private static final Digest ONE = store("class file one");
    private static final Digest TWO = store("class file two");
    private static final LiveIndex INDEX = new LiveIndex(
            List.of("/app/a.jar", "/app/b.jar!/BOOT-INF/lib/c.jar"),
            List.of(
                    new LiveIndex.Redefine("p/B", OLD, ONE, List.of(0, 1)),
                    new LiveIndex.Redefine("p/A", OLD, ONE, List.of(1), new Releases(9, 17)),
                    new LiveIndex.Redefine("p/A", OLD, TWO, List.of(1), new Releases(17, Releases.OPEN))),
            List.of(new LiveIndex.Keep("p/A", TWO)),
            List.of(
                    new LiveIndex.Added("p/New", TWO, List.of(0)),
                    new LiveIndex.Added("p/Form", ONE, List.of(0), new Releases(0, 9)),
                    new LiveIndex.Added("p/Form", TWO, List.of(0), new Releases(9, Releases.OPEN))),
            List.of(
                    new Effect(Effect.Kind.PROBE, "p/New", "fits", List.of(0)),
                    new Effect(Effect.Kind.APPLY, "p/New", "flush", List.of(0))));

    @Test
    void readsBackWhatItWrites() throws IOException {
        Map<Digest, byte[]> read = new HashMap<>();
        assertEquals(INDEX, LiveUnitReader.read(new ByteArrayInputStream(zip()), read::put));
        assertEquals(CLASSES.keySet(), read.keySet());
    }

    @Test
    void sameUnitSameBytes() throws IOException {
        LiveIndex shuffled = new LiveIndex(
                INDEX.units(),
                List.of(
                        INDEX.redefine().get(1),
                        INDEX.redefine().get(2),
                        INDEX.redefine().get(0)),
                INDEX.keep(),
                INDEX.added(),
                List.of(INDEX.effects().get(1), INDEX.effects().get(0)));
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        LiveUnitWriter.write(shuffled, LiveUnitTest::read, again);
        assertArrayEquals(zip(), again.toByteArray());
    }

    @Test
    void refusesToWriteAClassFileOfAnotherDigest() {
        assertThrows(
                IOException.class,
                () -> LiveUnitWriter.write(INDEX, digest -> new byte[] {9}, new ByteArrayOutputStream()));
    }

    @Test
    void refusesAnAlteredClassFile() throws IOException {
        byte[] zip = zipOf(INDEX.bytes(), Map.of(ONE, new byte[] {1}, TWO, read(TWO)));
        assertTrue(refusal(zip).contains("expected a class file with digest"));
    }

    @Test
    void refusesAMissingAndAnUnnamedClassFile() throws IOException {
        assertTrue(refusal(zipOf(INDEX.bytes(), Map.of(ONE, read(ONE)))).contains("missing"));
        Map<Digest, byte[]> more = new HashMap<>(CLASSES);
        more.put(Digest.of(new byte[] {7}), new byte[] {7});
        assertTrue(refusal(zipOf(INDEX.bytes(), more)).contains("does not name"));
    }

    @Test
    void refusesAnIndexThatIsNotInItsOneForm() throws IOException {
        String text = new String(INDEX.bytes(), StandardCharsets.UTF_8);
        List<String> damaged = List.of(
                text.replace("hotpatch-live\t1", "hotpatch-live\t2"),
                text.replace("redefine\tp/A", "redefine\tp/Z"),
                text.replace("\n", "\r\n"),
                text + "\n",
                text.replace("0,1", "1,0"),
                text.replace("0,1", "0,2"),
                text.replace("p/New", ""),
                text.replace("keep", "kept"),
                text.replace("9-16", "9-17"),
                text.replace("9-16", "9-9999"),
                text.replace("9-16", "16-9"),
                text.replace("9-16", "09-16"),
                text.replace("9-16", "-"),
                text.replace("9-16", ""),
                text.replace("apply\tp/New", "apply\tp/A"),
                text.replace("probe\tp/New\tfits\t0", "probe\tp/New\tfits\t0,1"),
                text.replace("probe\tp/New", "prove\tp/New"),
                text.replace("\tfits\t", "\t<clinit>\t"),
                text.replace("\tfits\t", "\t\t"),
                text.substring(0, text.length() - 1));
        for (String index : damaged) {
            refusal(zipOf(index.getBytes(StandardCharsets.UTF_8), CLASSES));
        }
    }

    @Test
    void neverFailsOtherwiseOnMutatedBytes() throws IOException {
        int refused = 0;
        for (byte[] mutant : Mutations.of(zip(), 5_000, 23)) {
            try {
                LiveUnitReader.read(new ByteArrayInputStream(mutant), (digest, bytes) -> {});
            } catch (LiveUnitException e) {
                refused++;
            }
        }
        assertTrue(refused > 2_000, "only " + refused + " refused");
    }

    @Test
    void neverFailsOtherwiseOnAMutatedIndex() throws IOException {
        for (byte[] mutant : Mutations.of(INDEX.bytes(), 2_000, 29)) {
            try {
                assertEquals(
                        INDEX, LiveUnitReader.read(new ByteArrayInputStream(zipOf(mutant, CLASSES)), (d, b) -> {}));
            } catch (LiveUnitException e) {
                assertTrue(e.getMessage().startsWith("live unit: "), e.getMessage());
            }
        }
    }

    private static String refusal(byte[] zip) {
        return assertThrows(
                        LiveUnitException.class,
                        () -> LiveUnitReader.read(new ByteArrayInputStream(zip), (digest, bytes) -> {}))
                .getMessage();
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LiveUnitWriter.write(INDEX, LiveUnitTest::read, out);
        return out.toByteArray();
    }

    private static byte[] zipOf(byte[] index, Map<Digest, byte[]> classes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(LiveIndex.ENTRY));
            zip.write(index);
            for (Digest digest : classes.keySet().stream().sorted().toList()) {
                zip.putNextEntry(new ZipEntry(LiveUnitReader.entryName(digest)));
                zip.write(classes.getOrDefault(digest, new byte[0]));
            }
        }
        return out.toByteArray();
    }

    private static byte[] read(Digest digest) {
        return CLASSES.getOrDefault(digest, new byte[0]);
    }

    private static Digest store(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CLASSES.put(Digest.of(bytes), bytes);
        return Digest.of(bytes);
    }
}
