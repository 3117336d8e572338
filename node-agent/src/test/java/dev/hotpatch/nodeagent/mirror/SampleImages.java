package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.patchformat.deflate.DeflateParameters;
import dev.hotpatch.patchformat.json.JsonWriter;
import dev.hotpatch.patchformat.layerdelta.ContentModel;
import dev.hotpatch.patchformat.layerdelta.ItemCoder;
import dev.hotpatch.patchformat.layerdelta.LayerDelta;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaWriter;
import dev.hotpatch.patchformat.layerdelta.Op;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.patch.PatchContents;
import dev.hotpatch.patchformat.plan.LayerDecision;
import dev.hotpatch.patchformat.plan.LayerPlan;
import dev.hotpatch.patchformat.plan.Reason;
import dev.hotpatch.patchformat.skeleton.TarSkeletonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** A base image with one layer, and a target image whose layer has the halves of the base's in the other order. */
final class SampleImages {
    static final String REPOSITORY = "reg.example/shop/app";
    private static final int HALF = 100_000;
    static final String FILE = "app/lib/shop.jar";
    private static final int FILE_START = 512;
    private static final int FILE_SIZE = 150_000;
    private static final int GZIP_HEADER = 10;

    final byte[] baseTar = new byte[2 * HALF];
    final byte[] targetTar = new byte[2 * HALF];
    final byte[] baseLayer;
    final byte[] targetLayer;
    final byte[] baseConfig;
    final byte[] targetConfig;
    final Manifest base;
    final Manifest target;

    SampleImages() throws IOException {
        Random random = new Random(20261122);
        for (int i = 0; i < baseTar.length; i++) {
            baseTar[i] = (byte) ('a' + random.nextInt(20));
        }
        System.arraycopy(baseTar, HALF, targetTar, 0, HALF);
        System.arraycopy(baseTar, 0, targetTar, HALF, HALF);
        baseLayer = gzip(baseTar);
        targetLayer = gzip(targetTar);
        baseConfig = config(baseTar);
        targetConfig = config(targetTar);
        base = manifest(baseConfig, baseLayer);
        target = manifest(targetConfig, targetLayer);
    }

    private static byte[] gzip(byte[] tar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(tar);
        }
        return bytes.toByteArray();
    }

    private static byte[] config(byte[] tar) {
        return JsonWriter.compact(Map.of(
                "architecture",
                "amd64",
                "os",
                "linux",
                "rootfs",
                Map.of("type", "layers", "diff_ids", List.of(Digest.of(tar).toString()))));
    }

    private static Manifest manifest(byte[] config, byte[] layer) {
        return Manifest.create(
                Optional.empty(),
                Descriptor.of(MediaTypes.OCI_CONFIG, config),
                List.of(Descriptor.of(MediaTypes.OCI_LAYER_GZIP, layer)),
                Optional.empty(),
                Map.of());
    }

    Digest layer() {
        return Digest.of(targetLayer);
    }

    /** The delta of the layer. */
    byte[] delta() throws IOException {
        return delta(new LayerDelta.Framing.Gzip(Arrays.copyOf(targetLayer, GZIP_HEADER), DeflateParameters.zlib(6)));
    }

    /** A delta that gives only the tar. */
    byte[] tarOnlyDelta() throws IOException {
        return delta(new LayerDelta.Framing.TarOnly());
    }

    private byte[] delta(LayerDelta.Framing framing) throws IOException {
        LayerDelta.Content tar = content(targetTar);
        boolean exact = framing instanceof LayerDelta.Framing.Gzip;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LayerDeltaWriter.write(
                out,
                new LayerDelta(List.of(content(baseTar)), tar, exact ? content(targetLayer) : tar, framing),
                List.of(new Op.Copy(0, HALF, HALF, 0), new Op.Copy(0, 0, HALF, 0)),
                List.of(),
                recipe -> new FindingNothing());
        return out.toByteArray();
    }

    private static LayerDelta.Content content(byte[] bytes) {
        return new LayerDelta.Content(Digest.of(bytes), bytes.length);
    }

    /** As containerd has it after a pull of the base image. */
    void pullBase(Path containerdRoot) throws IOException {
        Path blobs = Files.createDirectories(containerdRoot.resolve("io.containerd.content.v1.content/blobs/sha256"));
        for (byte[] blob : List.of(base.bytes(), baseConfig, baseLayer)) {
            Files.write(blobs.resolve(Digest.of(blob).hex()), blob);
        }
    }

    /** As a patch with this delta tells of it. */
    TargetImage described(byte[] delta) {
        return new TargetImage(
                REPOSITORY,
                Digest.of(new byte[] {1}),
                base.digest(),
                target.digest(),
                contents(delta),
                List.of(plan(LayerDecision.DELTA)));
    }

    PatchContents contents(byte[] delta) {
        return new PatchContents(
                Optional.empty(),
                Optional.of(Descriptor.of(MediaTypes.TARGET_MANIFEST, target.bytes())),
                Optional.of(Descriptor.of(MediaTypes.TARGET_CONFIG, targetConfig)),
                Map.of(layer(), Descriptor.of(MediaTypes.LAYER_DELTA, delta)),
                Map.of(Digest.of(baseTar), Descriptor.of(MediaTypes.TAR_SKELETON, skeleton())));
    }

    /** The base's tar without one part of it, which is the file. */
    byte[] skeleton() {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (TarSkeletonWriter out = new TarSkeletonWriter(stored, baseTar.length)) {
            out.bytes(baseTar, 0, FILE_START);
            out.file(FILE, FILE_SIZE);
            out.bytes(baseTar, FILE_START + FILE_SIZE, baseTar.length - FILE_START - FILE_SIZE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stored.toByteArray();
    }

    /** As containerd has the layer after it has unpacked it; the folder. */
    Path unpackBase(Path containerdRoot) throws IOException {
        Path folder = containerdRoot.resolve("io.containerd.snapshotter.v1.overlayfs/snapshots/7/fs");
        Files.createDirectories(folder.resolve(FILE).getParent());
        Files.write(folder.resolve(FILE), Arrays.copyOfRange(baseTar, FILE_START, FILE_START + FILE_SIZE));
        return folder;
    }

    /** As containerd leaves it where it drops what it has unpacked. */
    void discardBase(Path containerdRoot) throws IOException {
        Files.delete(containerdRoot
                .resolve("io.containerd.content.v1.content/blobs/sha256")
                .resolve(Digest.of(baseLayer).hex()));
    }

    LayerPlan plan(LayerDecision decision) {
        Optional<Reason> reason = decision == LayerDecision.DELTA
                ? Optional.empty()
                : Optional.of(new Reason("layer-not-reproducible", "", "for a test"));
        return new LayerPlan(layer(), targetLayer.length, Digest.of(targetTar), decision, reason);
    }

    private static final class FindingNothing implements ItemCoder.Finder {
        @Override
        public void known(int from, int to) {
            // Nothing is looked for.
        }

        @Override
        public ContentModel.Script find(int start, int stop, int likely) {
            return new ContentModel.Script() {
                @Override
                public int copy(int op) {
                    return 0;
                }

                @Override
                public int source(int op) {
                    return 0;
                }

                @Override
                public int insert(int op) {
                    return stop - start;
                }
            };
        }
    }
}
