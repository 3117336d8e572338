package dev.hotpatch.patchformat.skeleton;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.hotpatch.patchformat.Mutations;
import dev.hotpatch.patchformat.codec.Compression;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TarSkeletonTest {
    private static final Map<String, String> FILES = Map.of("app/a", "hello", "app/ü", "world!");
    private static final byte[] TAR = "<1>hello<2>world!<end>".getBytes(StandardCharsets.UTF_8);

    private static InputStream file(String path, long size) throws IOException {
        String content = FILES.get(path);
        if (content == null || content.length() != size) {
            throw new NoSuchFileException(path);
        }
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] skeleton() throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (TarSkeletonWriter out = new TarSkeletonWriter(stored, TAR.length)) {
            out.bytes(TAR, 0, 1);
            out.bytes(TAR, 1, 2);
            out.file("app/a", 5);
            out.bytes(TAR, 8, 3);
            out.file("app/ü", 6);
            out.bytes(TAR, 17, 5);
        }
        return stored.toByteArray();
    }

    private static byte[] uncompressed() throws IOException {
        return Compression.unzstd(new ByteArrayInputStream(skeleton())).readAllBytes();
    }

    /** Not as strongly as real ones are, which takes longer than all else here. */
    private static byte[] compressed(byte[] bytes) {
        return Zstd.compress(bytes);
    }

    private static byte[] tar(byte[] skeleton) throws IOException {
        try (TarSkeleton tar = TarSkeleton.open(new ByteArrayInputStream(skeleton), TarSkeletonTest::file)) {
            return tar.readAllBytes();
        }
    }

    @Test
    void theTarComesBackWithTheFilesInTheirPlaces() throws IOException {
        assertArrayEquals(TAR, tar(skeleton()));
        assertArrayEquals(skeleton(), skeleton());
    }

    @Test
    void looksAsItIsSpecified() throws IOException {
        String expected = "hptarsk1\u0016\u0003<1>\u0005app/a\u0005\u0003<2>\u0006app/ü\u0006\u0005<end>\u0000";
        assertEquals(expected, new String(uncompressed(), StandardCharsets.UTF_8));
    }

    @Test
    void aFileThatIsNotThereEndsIt() throws IOException {
        InputStream stored = new ByteArrayInputStream(skeleton());
        try (TarSkeleton tar = TarSkeleton.open(stored, (path, size) -> InputStream.nullInputStream())) {
            assertThrows(LayerDeltaException.class, tar::readAllBytes);
        }
        try (TarSkeleton tar = TarSkeleton.open(new ByteArrayInputStream(skeleton()), (path, size) -> {
            throw new NoSuchFileException(path);
        })) {
            assertThrows(NoSuchFileException.class, tar::readAllBytes);
        }
    }

    @Test
    void pathsThatLeadElsewhereAreRefusedByBothSides() throws IOException {
        for (String path : new String[] {"/etc/a", "../a", "a/../b", "a//b", "./a", "a/", "", "a\0b"}) {
            assertFalse(TarSkeleton.canName(path), path);
        }
        assertTrue(TarSkeleton.canName("a..b/.c/..d"));
        byte[] good = uncompressed();
        for (String path : new String[] {"/pp/a", "../aa", "ap//a", "app/.", "./p/a"}) {
            byte[] bad = new String(good, StandardCharsets.UTF_8)
                    .replace("app/a", path)
                    .getBytes(StandardCharsets.UTF_8);
            LayerDeltaException refused = assertThrows(LayerDeltaException.class, () -> tar(compressed(bad)), path);
            assertTrue(refused.getMessage().contains("path"), refused.getMessage());
        }
    }

    @Test
    void whatIsDamagedGivesAnErrorOrNoMoreThanATarOfItsSize() throws IOException {
        for (byte[] mutant : Mutations.of(uncompressed(), 3000, 7)) {
            expectErrorOrBounded(compressed(mutant));
        }
        for (byte[] mutant : Mutations.of(skeleton(), 3000, 8)) {
            expectErrorOrBounded(mutant);
        }
    }

    private static void expectErrorOrBounded(byte[] skeleton) {
        try (TarSkeleton tar = TarSkeleton.open(new ByteArrayInputStream(skeleton), TarSkeletonTest::file)) {
            long size = tar.size();
            assertEquals(size, tar.readAllBytes().length);
        } catch (IOException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
    }
}
