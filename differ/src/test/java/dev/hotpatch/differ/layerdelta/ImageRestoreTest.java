package dev.hotpatch.differ.layerdelta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.differ.BuiltPatch;
import dev.hotpatch.differ.PatchBuilder;
import dev.hotpatch.differ.PlannedPatch;
import dev.hotpatch.differ.Planner;
import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.fixture.Archives;
import dev.hotpatch.differ.fixture.FakeImage;
import dev.hotpatch.differ.image.ImageSource;
import dev.hotpatch.patchformat.image.Image;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.image.OciLayout;
import dev.hotpatch.patchformat.layerdelta.BaseTar;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaFile;
import dev.hotpatch.patchformat.layerdelta.LayerRebuild;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.patch.PatchContent;
import dev.hotpatch.patchformat.restore.ImageRestore;
import dev.hotpatch.patchformat.restore.ImageRestore.From;
import dev.hotpatch.patchformat.restore.MissingBaseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes of a patch with layer deltas where something is not as it should be. */
final class ImageRestoreTest {
    private static final ImageRestore.FullLayers NOWHERE = layer -> {
        throw new IOException("not to be had");
    };

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final byte[] oldTar = tar("one", 1);
    private final FakeImage base = FakeImage.of("old", FakeImage.layer(oldTar), FakeImage.layer(tar("two", 2)));
    private final FakeImage target =
            FakeImage.of("new", FakeImage.gzip(tar("changed", 1)), FakeImage.gzip(tar("changed too", 2)));

    @SuppressWarnings("NullAway.Init") // before each test
    private BuiltPatch built;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path scratch;

    @BeforeEach
    void build() throws IOException {
        scratch = Files.createDirectory(folder.resolve("scratch"));
        Path made = Files.createDirectory(folder.resolve("made"));
        try (PlannedPatch planned = new Planner(made, Limits.DEFAULT, 2, Progress.NONE)
                .plan(new ImageSource(base), new ImageSource(target))) {
            LayerDeltaEncoder encoder = new LayerDeltaEncoder(made, new Parallel(2), Progress.NONE);
            built = new PatchBuilder(planned, made)
                    .build(LayerDeltas.make(planned.images().orElseThrow(), encoder, made));
        }
    }

    private static byte[] tar(String text, long seed) {
        byte[] noise = new byte[20_000];
        new Random(seed).nextBytes(noise);
        return new Archives.Tar().file("noise", noise).file("text", text).bytes();
    }

    private ImageRestore.Restored restore(PatchContent content, Image from, ImageRestore.FullLayers full)
            throws IOException {
        return new ImageRestore(built.patch(), content, from, full, scratch).to(layout(), Optional.empty(), false);
    }

    private OciLayout layout() throws IOException {
        return OciLayout.create(folder.resolve("out"));
    }

    private InputStream ofTarget(Descriptor layer) throws IOException {
        for (Layer one : target.layers()) {
            if (one.descriptor().digest().equals(layer.digest())) {
                return one.open();
            }
        }
        throw new IOException("the target has no layer " + layer.digest());
    }

    private PatchContent otherDeltas(Function<Descriptor, byte[]> given) {
        return descriptor -> descriptor.mediaType().equals(MediaTypes.LAYER_DELTA)
                ? new ByteArrayInputStream(given.apply(descriptor))
                : built.open(descriptor);
    }

    private byte[] bytes(Descriptor descriptor) {
        try (InputStream in = built.open(descriptor)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<From> origins(ImageRestore.Restored restored) {
        return restored.layers().stream().map(ImageRestore.Outcome::from).toList();
    }

    private void assertTargetIsThere() throws IOException {
        Descriptor entry = layout().find(Optional.empty());
        assertEquals(target.manifest().digest(), entry.digest());
        for (Descriptor blob : target.manifest().layers()) {
            assertEquals(blob.digest(), Digest.of(layout().read(blob, Integer.MAX_VALUE)));
        }
        assertEquals(List.of(), left(scratch));
    }

    private void assertNoImageIsThere() throws IOException {
        assertEquals(List.of(), layout().index().manifests());
        assertEquals(List.of(), left(scratch));
        assertTrue(left(folder.resolve("out/blobs/sha256")).stream()
                .noneMatch(file -> file.toString().endsWith(".partial")));
    }

    private static List<Path> left(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void givesTheTargetImageBack() throws IOException {
        ImageRestore.Restored restored = restore(built, base, NOWHERE);
        assertTrue(restored.exact());
        assertEquals(List.of(From.DELTA, From.DELTA), origins(restored));
        assertTargetIsThere();
    }

    @Test
    void refusesAnotherBaseBeforeItMakesAnything() throws IOException {
        assertThrows(MissingBaseException.class, () -> restore(built, target, this::ofTarget));
        assertNoImageIsThere();
        assertEquals(List.of(), left(folder.resolve("out/blobs/sha256")));
    }

    @Test
    void pullsInFullWhatADamagedDeltaDoesNotGive() throws IOException {
        for (int at : new int[] {0, 40, 120, 300}) {
            PatchContent damaged = otherDeltas(delta -> {
                byte[] bytes = bytes(delta);
                bytes[Math.min(at, bytes.length / 2)] ^= 0x55;
                return bytes;
            });
            ImageRestore.Restored restored = restore(damaged, base, this::ofTarget);
            assertEquals(List.of(From.FULL, From.FULL), origins(restored));
            assertTrue(restored.layers().get(0).trouble().isPresent());
            assertTargetIsThere();
        }
    }

    @Test
    void pullsInFullWhatADeltaThatIsGoneDoesNotGive() throws IOException {
        PatchContent without = descriptor -> {
            if (descriptor.mediaType().equals(MediaTypes.LAYER_DELTA)) {
                throw new IOException("404");
            }
            return built.open(descriptor);
        };
        ImageRestore.Restored restored = restore(without, base, this::ofTarget);
        assertEquals(List.of(From.FULL, From.FULL), origins(restored));
        assertTrue(restored.layers().get(0).trouble().orElseThrow().contains("404"));
        assertTargetIsThere();
    }

    @Test
    void takesNoDeltaForThatOfAnotherLayer() throws IOException {
        List<Descriptor> deltas = List.copyOf(built.patch().contents().deltas().values());
        PatchContent swapped = otherDeltas(delta -> bytes(delta.equals(deltas.get(0)) ? deltas.get(1) : deltas.get(0)));
        ImageRestore.Restored restored = restore(swapped, base, this::ofTarget);
        assertEquals(List.of(From.FULL, From.FULL), origins(restored));
        assertTrue(restored.layers().get(0).trouble().orElseThrow().contains("the plan says"));
        assertTargetIsThere();
    }

    @Test
    void pullsInFullWhatABaseWithoutItsLayersDoesNotGive() throws IOException {
        FakeImage bare = new FakeImage("old", base.manifest(), base.config(), List.of());
        ImageRestore.Restored restored = restore(built, bare, this::ofTarget);
        assertEquals(List.of(From.FULL, From.FULL), origins(restored));
        assertTargetIsThere();
    }

    /** A store whose layers are not what they are called: what is made of them is found to be wrong. */
    @Test
    void pullsInFullWhatATamperedBaseDoesNotGive() throws IOException {
        byte[] tampered = oldTar.clone();
        tampered[5_000] ^= 1;
        Layer first = base.layers().get(0);
        FakeImage.FakeLayer lie =
                new FakeImage.FakeLayer(Descriptor.of(MediaTypes.OCI_LAYER, tampered), first.diffId(), tampered);
        FakeImage wrong = new FakeImage(
                "old",
                base.manifest(),
                base.config(),
                List.of(lie, base.layers().get(1)));
        ImageRestore.Restored restored = restore(built, wrong, this::ofTarget);
        assertEquals(From.FULL, restored.layers().get(0).from());
        assertTargetIsThere();
    }

    @Test
    void saysWhyTheDeltaWasOfNoUseWhereTheLayerCannotBePulledEither() throws IOException {
        IOException failure = assertThrows(
                IOException.class, () -> restore(otherDeltas(delta -> new byte[] {1, 2, 3}), base, NOWHERE));
        assertEquals("not to be had", failure.getMessage());
        assertTrue(failure.getSuppressed()[0].getMessage().contains("its delta cannot be used"));
        assertNoImageIsThere();
    }

    @Test
    void leavesNothingOfALayerThatBreaksOffOnTheWay() throws IOException {
        ImageRestore.FullLayers breaking = layer -> new InputStream() {
            private int left = 1_000;

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (left == 0) {
                    throw new IOException("connection lost");
                }
                int count = Math.min(length, left);
                left -= count;
                return count;
            }
        };
        assertThrows(IOException.class, () -> restore(otherDeltas(delta -> new byte[0]), base, breaking));
        assertNoImageIsThere();
        assertEquals(List.of(), left(folder.resolve("out/blobs/sha256")));
    }

    @Test
    void passesOnThatTheDiskIsFull() throws IOException {
        Path delta = folder.resolve("delta");
        for (Descriptor descriptor : built.patch().contents().deltas().values()) {
            Files.write(delta, bytes(descriptor));
            for (int room : new int[] {0, 1, 9, 5_000, 19_000}) {
                IOException failure = assertThrows(IOException.class, () -> rebuild(delta, room));
                assertEquals("No space left on device", failure.getMessage());
                assertEquals(List.of(), left(scratch));
            }
        }
    }

    private void rebuild(Path delta, int room) throws IOException {
        OutputStream full = new OutputStream() {
            private int left = room;

            @Override
            public void write(int value) throws IOException {
                if (left-- == 0) {
                    throw new IOException("No space left on device");
                }
            }
        };
        try (LayerDeltaFile file = LayerDeltaFile.open(delta)) {
            List<FileChannel> tars = new ArrayList<>();
            for (var wanted : file.delta().bases()) {
                boolean first = wanted.digest().equals(base.layers().get(0).diffId());
                Path tar = Files.write(folder.resolve("tar" + tars.size()), first ? oldTar : tar("two", 2));
                tars.add(FileChannel.open(tar));
            }
            LayerRebuild.rebuild(file, tars.stream().map(BaseTar::of).toList(), scratch, false, full);
            assertFalse(true, "it was written in full");
        }
    }
}
