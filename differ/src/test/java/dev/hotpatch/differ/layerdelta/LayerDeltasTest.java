package dev.hotpatch.differ.layerdelta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.fixture.Archives;
import dev.hotpatch.differ.fixture.FakeImage;
import dev.hotpatch.differ.image.ImagePair;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaFile;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.LayerDecision;
import dev.hotpatch.patchformat.plan.LayerPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LayerDeltasTest {
    private static final int NOISE = 20_000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final Layer bottom = FakeImage.gzip(tar("bottom", 1));
    private final Layer old = FakeImage.gzip(tar("old", 2));
    private final Layer changed = FakeImage.gzip(tar("new", 2));
    private final Layer top = FakeImage.gzip(tar("top", 3));

    private static byte[] tar(String text, long seed) {
        byte[] noise = new byte[NOISE];
        new Random(seed).nextBytes(noise);
        return new Archives.Tar().file("noise" + seed, noise).file("text", text).bytes();
    }

    private LayerDeltas make(List<Layer> base, List<Layer> target) throws IOException {
        ImagePair images = new ImagePair(
                FakeImage.of("base", base.toArray(new Layer[0])), FakeImage.of("target", target.toArray(new Layer[0])));
        return LayerDeltas.make(images, new LayerDeltaEncoder(folder, new Parallel(2), Progress.NONE), folder);
    }

    private static List<LayerDecision> decisions(LayerDeltas deltas) {
        return deltas.layers().stream().map(LayerPlan::decision).toList();
    }

    private static Digest digest(Layer layer) {
        return layer.descriptor().digest();
    }

    @Test
    void layersAboveAChangedOneGetADeltaFromThemselvesAsTheyAreUnpackedAnew() throws IOException {
        LayerDeltas made = make(List.of(bottom, old, top), List.of(bottom, changed, top));
        assertEquals(List.of(LayerDecision.BASE, LayerDecision.DELTA, LayerDecision.BASE), decisions(made));
        assertEquals(
                List.of(digest(changed), digest(top)), List.copyOf(made.files().keySet()));
        assertEquals(Set.of(old.diffId(), top.diffId()), made.skeletons().keySet());
        Path file = made.files().get(digest(top));
        try (LayerDeltaFile delta = LayerDeltaFile.open(file)) {
            assertEquals(digest(top), delta.delta().layer().digest());
            assertEquals(top.diffId(), delta.delta().bases().get(0).digest());
        }
        assertTrue(Files.size(file) < 1_000, "bytes: " + Files.size(file));
    }

    @Test
    void layersBelowAllChangesAreNotRead() throws IOException {
        Layer unreadable = FakeImage.unreadable("not a tar");
        LayerDeltas made = make(List.of(unreadable, old), List.of(unreadable, changed));
        assertEquals(List.of(LayerDecision.BASE, LayerDecision.DELTA), decisions(made));
        assertEquals(List.of(digest(changed)), List.copyOf(made.files().keySet()));
    }

    @Test
    void aLayerThatIsGoneBelowCountsAsAChange() throws IOException {
        LayerDeltas made = make(List.of(bottom, old, top), List.of(bottom, top));
        assertEquals(List.of(LayerDecision.BASE, LayerDecision.BASE), decisions(made));
        assertEquals(List.of(digest(top)), List.copyOf(made.files().keySet()));
    }

    @Test
    void aLayerAddedOnTopLeavesThoseBelowAlone() throws IOException {
        LayerDeltas made = make(List.of(bottom, old), List.of(bottom, old, changed));
        assertEquals(List.of(digest(changed)), List.copyOf(made.files().keySet()));
    }

    @Test
    void aLayerWhoseCompressionIsUnknownGetsNoDeltaFromItself() throws IOException {
        byte[] tar = tar("top", 3);
        Layer odd = FakeImage.layer(tar, flushed(tar));
        LayerDeltas made = make(List.of(old, odd), List.of(changed, odd));
        assertEquals(List.of(LayerDecision.DELTA, LayerDecision.BASE), decisions(made));
        assertEquals(List.of(digest(changed)), List.copyOf(made.files().keySet()));
        assertEquals(Set.of(old.diffId()), made.skeletons().keySet());
    }

    /** Gzip of no usual encoder, which changes its level all the time. */
    private static byte[] flushed(byte[] tar) {
        byte[] out = new byte[tar.length + NOISE];
        int size = 10;
        out[0] = 0x1f;
        out[1] = (byte) 0x8b;
        out[2] = 8;
        for (int at = 0, step = 1; at < tar.length; at += step, step = step * 3 + 1) {
            Deflater deflater = new Deflater(1 + step % 9, true);
            deflater.setInput(tar, at, Math.min(step, tar.length - at));
            if (at + step >= tar.length) {
                deflater.finish();
            }
            size += deflater.deflate(out, size, out.length - size, Deflater.FULL_FLUSH);
            deflater.end();
        }
        CRC32 checksum = new CRC32();
        checksum.update(tar);
        ByteBuffer end = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
        end.putInt(size, (int) checksum.getValue()).putInt(size + 4, tar.length);
        return Arrays.copyOf(out, size + 8);
    }
}
