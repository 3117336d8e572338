package dev.hotpatch.differ.layerdelta;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.fixture.Archives;
import dev.hotpatch.differ.fixture.FakeImage;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.layerdelta.BaseTar;
import dev.hotpatch.patchformat.layerdelta.LayerDelta;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaFile;
import dev.hotpatch.patchformat.layerdelta.LayerRebuild;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LayerDeltaEncoderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static byte[] classFile(Class<?> type) throws IOException {
        String name = type.getName();
        try (InputStream in = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    private static byte[] noise(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] tar(String version, Class<?> changed, boolean stored) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/MANIFEST.MF", Archives.text("Manifest-Version: 1.0\nBuild: " + version + "\n"));
        entries.put("a/Same.class", classFile(Layer.class));
        entries.put("a/Changed.class", classFile(changed));
        entries.put("a/noise.bin", noise(90_000, 5));
        byte[] inner = Archives.jar(entries);
        Map<String, byte[]> outer = new LinkedHashMap<>();
        outer.put("BOOT-INF/lib/foo-" + version + ".jar", inner);
        outer.put("BOOT-INF/classes/x.properties", Archives.text("version=" + version + "\nsame=yes\n"));
        return new Archives.Tar()
                .folder("app")
                .file("app/lib.so", noise(50_000, 9))
                .file("app/app.jar", Archives.jar(outer, stored))
                .file("app/notes-" + version + ".txt", "notes of " + version)
                .bytes();
    }

    private Path encode(List<Layer> bases, Layer target) throws IOException {
        Path out = folder.resolve("delta");
        LayerDelta delta = new LayerDeltaEncoder(folder, new Parallel(2), Progress.NONE).encode(bases, target, out);
        assertTrue(delta.isExact());
        return out;
    }

    private byte[] rebuild(Path delta, List<byte[]> tars) throws IOException {
        List<FileChannel> channels = new java.util.ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LayerDeltaFile file = LayerDeltaFile.open(delta)) {
            for (byte[] tar : tars) {
                channels.add(FileChannel.open(Files.write(folder.resolve("tar" + channels.size()), tar)));
            }
            LayerRebuild.rebuild(file, channels.stream().map(BaseTar::of).toList(), folder, false, out);
        } finally {
            for (FileChannel channel : channels) {
                channel.close();
            }
        }
        return out.toByteArray();
    }

    @Test
    void givesTheLayerBackFromAFractionOfIt() throws IOException {
        for (boolean stored : new boolean[] {false, true}) {
            byte[] before = tar("1.0", StretchFinder.class, stored);
            Layer target = FakeImage.gzip(tar("1.1", LayerRecipe.class, stored));
            Path delta = encode(List.of(FakeImage.gzip(before)), target);
            assertTrue(Files.size(delta) < 9_000, "the delta has " + Files.size(delta) + " bytes");
            assertArrayEquals(target.open().readAllBytes(), rebuild(delta, List.of(before)));
        }
    }

    /** As a war has them: small jars that are deflated once more. */
    @Test
    void findsWhatChangedInSmallDeflatedJarsOfAJar() throws IOException {
        byte[] before = war("1.0", StretchFinder.class);
        Layer target = FakeImage.gzip(war("1.1", LayerRecipe.class));
        Path delta = encode(List.of(FakeImage.gzip(before)), target);
        assertArrayEquals(target.open().readAllBytes(), rebuild(delta, List.of(before)));
    }

    private static byte[] war(String version, Class<?> changed) throws IOException {
        Map<String, byte[]> war = new LinkedHashMap<>();
        for (String name : List.of("a", "b")) {
            Map<String, byte[]> jar = new LinkedHashMap<>();
            jar.put(name + "/Same.class", classFile(Layer.class));
            jar.put(name + "/Changed.class", classFile(changed));
            war.put("WEB-INF/lib/" + name + "-" + version + ".jar", Archives.jar(jar));
        }
        return new Archives.Tar().file("app.war", Archives.jar(war)).bytes();
    }

    @Test
    void isTheSameEveryTime() throws IOException {
        Layer base = FakeImage.gzip(tar("1.0", StretchFinder.class, true));
        Layer target = FakeImage.gzip(tar("1.1", LayerRecipe.class, true));
        byte[] first = Files.readAllBytes(encode(List.of(base), target));
        assertArrayEquals(first, Files.readAllBytes(encode(List.of(base), target)));
    }

    @Test
    void usesContentOfAnyLayerOfTheBase() throws IOException {
        byte[] noise =
                new Archives.Tar().file("elsewhere/data", noise(80_000, 1)).bytes();
        byte[] other = new Archives.Tar().file("other", "other").bytes();
        Layer target = FakeImage.gzip(
                new Archives.Tar().file("moved/data", noise(80_000, 1)).bytes());
        Path delta = encode(List.of(FakeImage.gzip(other), FakeImage.gzip(noise)), target);
        assertTrue(Files.size(delta) < 600, "the delta has " + Files.size(delta) + " bytes");
        assertArrayEquals(target.open().readAllBytes(), rebuild(delta, List.of(other, noise)));
    }

    @Test
    void saysWhereOnlyTheTarCanBeGivenBack() throws IOException {
        byte[] tar = new Archives.Tar().file("a", noise(3_000, 2)).bytes();
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.writeBytes(FakeImage.gzip(Arrays.copyOf(tar, 1024)).open().readAllBytes());
        twice.writeBytes(
                FakeImage.gzip(Arrays.copyOfRange(tar, 1024, tar.length)).open().readAllBytes());
        Path out = folder.resolve("delta");
        LayerDelta delta = new LayerDeltaEncoder(folder, new Parallel(1), Progress.NONE)
                .encode(List.of(FakeImage.gzip(tar)), FakeImage.layer(tar, twice.toByteArray()), out);
        assertEquals(Digest.of(tar), delta.layer().digest());
        assertTrue(!delta.isExact());
        assertArrayEquals(tar, rebuild(out, List.of(tar)));
    }

    /** Noise is stored by all levels alike, so what comes after it decides. */
    @Test
    void findsTheEncoderWhoseBeginningIsThatOfAnother() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) {
            text.writeBytes(Archives.text(Integer.toString(i * i % 9_973, 3)));
        }
        byte[] tar = new Archives.Tar()
                .file("noise", noise(400_000, 3))
                .file("text", text.toString(StandardCharsets.US_ASCII))
                .bytes();
        for (int last : new int[] {9, 6}) {
            Layer target = FakeImage.layer(tar, gzip(tar, last));
            Path out = folder.resolve("delta");
            LayerDelta delta = new LayerDeltaEncoder(folder, new Parallel(1), Progress.NONE)
                    .encode(List.of(FakeImage.gzip(tar)), target, out);
            assertEquals(last == 9, delta.isExact());
            assertArrayEquals(last == 9 ? target.open().readAllBytes() : tar, rebuild(out, List.of(tar)));
        }
    }

    /** At level 9, and at another from the middle of the text on. */
    private static byte[] gzip(byte[] tar, int last) {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        gzip.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
        Deflater deflater = new Deflater(9, true);
        byte[] buffer = new byte[1 << 20];
        int middle = tar.length - 50_000;
        deflater.setInput(tar, 0, middle);
        gzip.write(buffer, 0, deflater.deflate(buffer));
        deflater.setLevel(last);
        deflater.setInput(tar, middle, tar.length - middle);
        deflater.finish();
        while (!deflater.finished()) {
            gzip.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        CRC32 checksum = new CRC32();
        checksum.update(tar);
        gzip.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) checksum.getValue())
                .putInt(tar.length)
                .array());
        return gzip.toByteArray();
    }

    @Test
    void neverGivesAnotherLayer() throws IOException {
        byte[] before = tar("1.0", StretchFinder.class, true);
        Path delta = encode(List.of(FakeImage.gzip(before)), FakeImage.gzip(tar("1.1", LayerRecipe.class, true)));
        byte[] other = before.clone();
        other[other.length / 2]++;
        assertThrows(IOException.class, () -> rebuild(delta, List.of(other)));
        assertThrows(IOException.class, () -> rebuild(delta, List.of(new byte[512])));

        byte[] good = Files.readAllBytes(delta);
        Random random = new Random(4);
        for (int i = 0; i < 150; i++) {
            byte[] damaged = i % 3 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            if (damaged.length == good.length) {
                damaged[random.nextInt(good.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path file = Files.write(folder.resolve("damaged"), damaged);
            try {
                byte[] layer = rebuild(file, List.of(before));
                // A bit that no decoder looks at: the last bytes of a code.
                assertArrayEquals(rebuild(delta, List.of(before)), layer);
            } catch (IOException expected) {
                // declared
            }
        }
        try (java.util.stream.Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    0, left.filter(path -> path.toString().contains("hotpatch")).count());
        }
    }
}
