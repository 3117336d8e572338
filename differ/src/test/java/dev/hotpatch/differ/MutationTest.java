package dev.hotpatch.differ;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.differ.archive.ArchiveReader;
import dev.hotpatch.differ.classes.ClassReferences;
import dev.hotpatch.differ.content.FileStore;
import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.fixture.Archives;
import dev.hotpatch.differ.fixture.Archives.Tar;
import dev.hotpatch.differ.fixture.Classes;
import dev.hotpatch.differ.fixture.FakeImage;
import dev.hotpatch.differ.fixture.FixedSide;
import dev.hotpatch.differ.image.ImageSource;
import dev.hotpatch.differ.lift.Compilation;
import dev.hotpatch.differ.lift.LiveCompiler;
import dev.hotpatch.differ.tree.TreePair;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged input gives the declared exception or a result, and nothing else. */
class MutationTest {
    private static final int ROUNDS = 400;
    private static final byte[] CLASS = Classes.one(
            "class Foo { int a(int x) { switch (x) { case 1: case 9: return 2; default: Runnable r = () -> a(3); r.run(); return 1; } } }");

    @TempDir
    Path temporary;

    private static byte[] damage(byte[] bytes, Random random) {
        byte[] copy = random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
        for (int i = random.nextInt(6); i >= 0 && copy.length > 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return copy;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void tarsAreReadOrRefused(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] tar = new Tar()
                .file("a/b", "1")
                .link("c", "a")
                .hardLink("d", "a/b")
                .file("e".repeat(150), "long")
                .file("Foo.class", CLASS)
                .bytes();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] damaged = damage(tar, random);
            try (Spool spool = Spool.in(temporary, 1 << 20)) {
                TreePair.read(
                        new ImageSource(FakeImage.of("a")),
                        new ImageSource(FakeImage.of("b", FakeImage.layer(damaged))),
                        new FileStore(spool, Limits.DEFAULT),
                        Progress.NONE,
                        new Parallel(2));
            } catch (IOException expected) {
                // declared
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void jarsAreReadOrRefused(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] jar = Archives.jar(Map.of(
                "Foo.class", CLASS, "a/b.txt", Archives.text("hello hello hello"), "x.jar", Archives.jar(Map.of())));
        for (int i = 0; i < ROUNDS; i++) {
            try (Spool spool = Spool.in(temporary, 1 << 20)) {
                FileStore store = new FileStore(spool, Limits.DEFAULT);
                StoredFile file = store.store("a.jar", new ByteArrayInputStream(damage(jar, random)));
                new ArchiveReader(store).read(file, "a.jar");
            } catch (IOException expected) {
                // declared
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void classesAreComparedOrBlocked(long seed) {
        Random random = new Random(seed);
        FixedSide base = new FixedSide(Map.of("Foo", CLASS));
        Parallel parallel = new Parallel(1);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] damaged = damage(CLASS, random);
            Compilation compilation = LiveCompiler.compile(
                    base, new FixedSide(Map.of("Foo", damaged)), new FixedSide(Map.of()), parallel);
            assertTrue(compilation.removed().isEmpty());
            ClassReferences.of(damaged);
        }
    }
}
