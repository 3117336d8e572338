package dev.hotpatch.patchformat.restore;

import dev.hotpatch.patchformat.image.Image;
import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.image.OciLayout;
import dev.hotpatch.patchformat.layerdelta.LayerDelta;
import dev.hotpatch.patchformat.layerdelta.LayerDeltaException;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.patch.PatchContent;
import dev.hotpatch.patchformat.plan.LayerDecision;
import dev.hotpatch.patchformat.plan.LayerPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives a patch's target image back in an OCI layout: layers that the base has, layers made by deltas, and the others in full.
 *
 * @param patch a verified one
 * @param content of the patch
 * @param base the image that the patch is for
 * @param full gives layers of the target image in full
 * @param scratch a folder for temporary files
 */
public record ImageRestore(Patch patch, PatchContent content, Image base, FullLayers full, Path scratch) {
    /** Where layers of the target image are to be had in full. */
    @FunctionalInterface
    public interface FullLayers {
        /**
         * A layer from its start, verified as it is read. The caller closes it.
         *
         * @throws IOException if it is not to be had; the message says what to do about it
         */
        InputStream open(Descriptor layer) throws IOException;
    }

    /** Where a layer came from. */
    public enum From {
        BASE,
        DELTA,
        /** A delta that gave its tar only. */
        TAR_DELTA,
        /** Pulled in full. */
        FULL
    }

    /**
     * What became of a layer.
     *
     * @param layer of the target image
     * @param fetched bytes that were read for it from elsewhere than the base
     * @param trouble why the delta was not used although there is one
     */
    public record Outcome(LayerPlan layer, From from, long fetched, Optional<String> trouble) {}

    /**
     * What was made.
     *
     * @param manifest of the image that is in the layout now
     * @param exact whether that is the target image, rather than one with the same config whose layers are compressed otherwise
     */
    public record Restored(Descriptor manifest, boolean exact, List<Outcome> layers) {}

    /**
     * Writes the image; it is entered in the layout's index when all of it is there.
     *
     * @param exact whether layers whose tar alone can be given back are pulled in full instead
     * @throws MissingBaseException if {@code base} is not the image that the patch is for
     */
    public Restored to(OciLayout layout, Optional<String> tag, boolean exact) throws IOException {
        expectBase();
        Manifest manifest = Manifest.parse(read(patch.contents().targetManifest()));
        byte[] config = read(patch.contents().targetConfig());
        if (manifest.layers().size() != patch.plan().layers().size()) {
            throw new LayerDeltaException("the target image has "
                    + manifest.layers().size() + " layers, the plan "
                    + patch.plan().layers().size());
        }
        List<Outcome> outcomes = new ArrayList<>();
        List<Descriptor> layers = new ArrayList<>();
        try (LayerRestore deltas = new LayerRestore(patch.contents(), content, new ImageTars(base), scratch)) {
            for (int i = 0; i < manifest.layers().size(); i++) {
                Descriptor wanted = manifest.layers().get(i);
                LayerPlan plan = patch.plan().layers().get(i);
                if (!plan.digest().equals(wanted.digest()) || plan.size() != wanted.size()) {
                    throw new LayerDeltaException("layer " + i + " of the target image is " + wanted.digest()
                            + ", the plan says " + plan.digest());
                }
                layers.add(layer(layout, wanted, plan, deltas, exact, outcomes));
            }
        }
        layout.write(manifest.config().mediaType(), config);
        Manifest made = layers.equals(manifest.layers())
                ? manifest
                : Manifest.create(
                        manifest.artifactType(), manifest.config(), layers, Optional.empty(), manifest.annotations());
        layout.write(made.mediaType(), made.bytes());
        layout.enter(made.descriptor(), tag);
        return new Restored(made.descriptor(), made.equals(manifest), outcomes);
    }

    private void expectBase() throws MissingBaseException {
        Digest wanted = patch.plan().base().digest();
        boolean same = base.manifest().digest().equals(wanted)
                || patch.plan().base().config().equals(Optional.of(base.config().digest()));
        if (!same) {
            throw new MissingBaseException(
                    base.name() + " is " + base.manifest().digest() + ", the patch is for " + wanted + " ("
                            + patch.plan().base().title() + "); name that image");
        }
    }

    private byte[] read(Optional<Descriptor> part) throws IOException {
        if (part.isEmpty()) {
            throw new LayerDeltaException("patch " + patch.digest()
                    + " has no layer deltas, so no image can be restored from it; pull the target image in full");
        }
        try (InputStream in = content.open(part.get())) {
            byte[] bytes = in.readNBytes((int) part.get().size() + 1);
            if (!Digest.of(bytes).equals(part.get().digest())) {
                throw new DigestMismatchException("expected " + part.get().digest() + ", found " + Digest.of(bytes));
            }
            return bytes;
        }
    }

    private Descriptor layer(
            OciLayout layout,
            Descriptor wanted,
            LayerPlan plan,
            LayerRestore deltas,
            boolean exact,
            List<Outcome> outcomes)
            throws IOException {
        Optional<Layer> own = base.layers().stream()
                .filter(layer -> layer.descriptor().digest().equals(wanted.digest()))
                .findFirst();
        if (own.isPresent()) {
            try (InputStream in = own.get().open()) {
                layout.write(wanted, in);
            }
            outcomes.add(new Outcome(plan, From.BASE, 0, Optional.empty()));
            return wanted;
        }
        Optional<String> trouble = Optional.empty();
        if (plan.decision() == LayerDecision.DELTA || (plan.decision() == LayerDecision.TAR_DELTA && !exact)) {
            try {
                return rebuilt(layout, wanted, plan, deltas, outcomes);
            } catch (LayerDeltaException | DigestMismatchException | MissingBaseException | MissingDeltaException e) {
                trouble = Optional.of(String.valueOf(e.getMessage()));
            }
        }
        try (InputStream in = full.open(wanted)) {
            layout.write(wanted, in);
        } catch (IOException e) {
            trouble.ifPresent(text -> e.addSuppressed(new IOException("its delta cannot be used: " + text)));
            throw e;
        }
        outcomes.add(new Outcome(plan, From.FULL, wanted.size(), trouble));
        return wanted;
    }

    private Descriptor rebuilt(
            OciLayout layout, Descriptor wanted, LayerPlan plan, LayerRestore deltas, List<Outcome> outcomes)
            throws IOException {
        Path file = Files.createTempFile(scratch, "hotpatch", ".layer");
        try {
            LayerDelta.Content content = deltas.restore(plan, file);
            boolean same = content.digest().equals(wanted.digest());
            Descriptor made = same ? wanted : Descriptor.of(MediaTypes.OCI_LAYER, content.digest(), content.size());
            try (InputStream in = Files.newInputStream(file)) {
                layout.write(made, in);
            }
            outcomes.add(new Outcome(plan, same ? From.DELTA : From.TAR_DELTA, fetched(plan), Optional.empty()));
            return made;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private long fetched(LayerPlan layer) {
        Descriptor delta = patch.contents().deltas().get(layer.digest());
        return delta == null ? 0 : delta.size();
    }
}
