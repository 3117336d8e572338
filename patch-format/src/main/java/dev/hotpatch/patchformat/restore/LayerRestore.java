package dev.hotpatch.patchformat.restore;

import dev.hotpatch.patchformat.layerdelta.LayerDelta;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaException;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaFile;
import dev.hotpatch.patchformat.layerdelta.LayerRebuild;
import dev.hotpatch.patchformat.layerdelta.UnpackedTar;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.patch.PatchContent;
import dev.hotpatch.patchformat.patch.PatchContents;
import dev.hotpatch.patchformat.plan.LayerDecision;
import dev.hotpatch.patchformat.plan.LayerPlan;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives back those layers of a patch's target image for which it has deltas. For one thread; closing frees temporary space, in which the
 * uncompressed layers of the base that were needed are kept meanwhile.
 */
public final class LayerRestore implements Closeable {
    private final PatchContents patch;
    private final PatchContent content;
    private final BaseTars base;
    private final Path scratch;
    private final Space space;
    private final Map<LayerDelta.Content, UnpackedTar> tars = new HashMap<>();

    /** Where what is written must fit. */
    @FunctionalInterface
    public interface Space {
        /**
         * Told before anything large is written.
         *
         * @throws IOException if there is not so much
         */
        void need(long bytes) throws IOException;
    }

    /**
     * Reads nothing yet.
     *
     * @param patch what a verified one consists of, unless its layers are only looked at
     * @param content of the patch; verified by its digests
     * @param scratch a folder for temporary files
     */
    public LayerRestore(PatchContents patch, PatchContent content, BaseTars base, Path scratch) {
        this(patch, content, base, scratch, bytes -> {});
    }

    /** As the other, with bounded space. */
    public LayerRestore(PatchContents patch, PatchContent content, BaseTars base, Path scratch, Space space) {
        this.patch = patch;
        this.content = content;
        this.base = base;
        this.scratch = scratch;
        this.space = space;
    }

    /**
     * Writes a layer, whole or not at all.
     *
     * @param layer one for which the patch has a delta
     * @param target an existing file is replaced
     * @return what was written: the layer itself, or its tar where the delta gives no more
     * @throws LayerDeltaException if the delta is damaged, or for another layer or base
     * @throws MissingDeltaException if the delta is not to be had
     * @throws MissingBaseException if the base's layers are not here
     * @throws DigestMismatchException if what came of it is not the layer
     */
    public LayerDelta.Content restore(LayerPlan layer, Path target) throws IOException {
        Path code = Files.createTempFile(scratch, "hotpatch", ".delta");
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        try {
            fetch(delta(layer), this::opened, code);
            try (LayerDeltaFile file = LayerDeltaFile.open(code)) {
                expectAgreement(layer, file.delta());
                space.need(layer.size() + bytesToUnpack(file.delta()));
                List<UnpackedTar> bases = new ArrayList<>();
                for (LayerDelta.Content tar : file.delta().bases()) {
                    bases.add(unpacked(tar));
                }
                try {
                    rebuild(file, bases, true, partial);
                } catch (LayerDeltaException | DigestMismatchException e) {
                    rebuild(file, bases, false, partial);
                }
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
                return file.delta().isExact()
                        ? file.delta().layer()
                        : file.delta().tar();
            }
        } finally {
            Files.deleteIfExists(code);
            Files.deleteIfExists(partial);
        }
    }

    private void rebuild(LayerDeltaFile file, List<UnpackedTar> bases, boolean platform, Path target)
            throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16)) {
            LayerRebuild.rebuild(file, bases, scratch, platform, out);
        }
    }

    /**
     * Fetches the delta of a layer and reads all of it but the content.
     *
     * @throws LayerDeltaException if it is damaged or not for that layer
     */
    public LayerDelta inspect(LayerPlan layer) throws IOException {
        Path code = Files.createTempFile(scratch, "hotpatch", ".delta");
        try {
            fetch(delta(layer), content, code);
            try (LayerDeltaFile file = LayerDeltaFile.open(code)) {
                expectAgreement(layer, file.delta());
                return file.delta();
            }
        } finally {
            Files.deleteIfExists(code);
        }
    }

    private Descriptor delta(LayerPlan layer) {
        Descriptor delta = patch.deltas().get(layer.digest());
        if (delta == null) {
            throw new IllegalArgumentException("the patch has no delta for layer " + layer.digest());
        }
        return delta;
    }

    private void fetch(Descriptor delta, PatchContent from, Path file) throws IOException {
        space.need(delta.size());
        try (InputStream in = from.open(delta)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private InputStream opened(Descriptor delta) throws IOException {
        try {
            return content.open(delta);
        } catch (DigestMismatchException e) {
            throw e;
        } catch (IOException e) {
            throw new MissingDeltaException("the delta " + delta.digest() + " is not to be had: " + e.getMessage(), e);
        }
    }

    private static void expectAgreement(LayerPlan layer, LayerDelta delta) throws LayerDeltaException {
        boolean exact = layer.decision() != LayerDecision.TAR_DELTA;
        LayerDelta.Content expected = new LayerDelta.Content(layer.digest(), layer.size());
        if (delta.isExact() != exact
                || (exact && !delta.layer().equals(expected))
                || !delta.tar().digest().equals(layer.diffId())) {
            throw new LayerDeltaException("layer delta: gives " + delta.layer().digest() + " with the diff_id "
                    + delta.tar().digest() + "; the plan says "
                    + layer.decision().word() + " for " + layer.digest()
                    + " with " + layer.diffId());
        }
    }

    private long bytesToUnpack(LayerDelta delta) {
        return delta.bases().stream()
                .filter(tar -> !tars.containsKey(tar))
                .mapToLong(LayerDelta.Content::size)
                .sum();
    }

    private UnpackedTar unpacked(LayerDelta.Content tar) throws IOException {
        UnpackedTar known = tars.get(tar);
        if (known == null) {
            InputStream found = base.open(tar.digest())
                    .orElseThrow(() -> new MissingBaseException("the layer of the base image with the diff_id "
                            + tar.digest() + " is not here; pull the base image, or the target image in full"));
            known = UnpackedTar.start(found, tar.size(), scratch);
            tars.put(tar, known);
        }
        return known;
    }

    @Override
    public void close() throws IOException {
        for (UnpackedTar tar : tars.values()) {
            tar.close();
        }
    }
}
