package dev.hotpatch.differ;

import dev.hotpatch.differ.image.ImagePair;
import dev.hotpatch.differ.layerdelta.LayerDeltas;
import dev.hotpatch.patchformat.live.LiveUnitWriter;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.patch.LiveIndexOfPlan;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.patch.PatchContents;
import dev.hotpatch.patchformat.patch.PatchReader;
import dev.hotpatch.patchformat.patch.PatchWriter;
import dev.hotpatch.patchformat.plan.PatchPlan;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Executes a plan. For one thread. */
public final class PatchBuilder {
    private final PlannedPatch planned;
    private final Path folder;
    private final Map<Digest, Path> files = new HashMap<>();
    private @Nullable Descriptor live;

    /**
     * Writes nothing yet.
     *
     * @param folder where the patch's content is written to
     */
    public PatchBuilder(PlannedPatch planned, Path folder) {
        this.planned = planned;
        this.folder = folder;
    }

    /** Makes the patch without layer deltas; the same plan always gives the same bytes. */
    public static BuiltPatch build(PlannedPatch planned, Path folder) throws IOException {
        return new PatchBuilder(planned, folder).build(LayerDeltas.NONE);
    }

    /** The live unit of a plan of which something goes live. */
    public Path liveUnit() throws IOException {
        return Objects.requireNonNull(files.get(describeLive().digest()));
    }

    /** Makes the patch; the same plan and deltas always give the same bytes. */
    public BuiltPatch build(LayerDeltas deltas) throws IOException {
        PatchPlan plan = planned.plan().withLayers(deltas.layers());
        PatchContents contents = deltas.files().isEmpty()
                ? PatchContents.NONE
                : contents(planned.images().orElseThrow(), deltas);
        if (plan.verdict().isLive()) {
            contents = contents.withLive(describeLive());
        }
        Patch patch = PatchWriter.write(plan, planned.base(), contents);
        // What no reader would take must not be signed.
        return new BuiltPatch(PatchReader.read(patch.manifest(), patch.config()), files);
    }

    private Descriptor describeLive() throws IOException {
        Descriptor known = live;
        if (known == null) {
            Path unit = folder.resolve("live.zip");
            known = writeLiveUnit(planned, unit);
            files.put(known.digest(), unit);
            live = known;
        }
        return known;
    }

    private PatchContents contents(ImagePair images, LayerDeltas deltas) throws IOException {
        return new PatchContents(
                Optional.empty(),
                Optional.of(write(
                        MediaTypes.TARGET_MANIFEST,
                        "target-manifest.json",
                        images.target().manifest().bytes())),
                Optional.of(write(
                        MediaTypes.TARGET_CONFIG,
                        "target-config.json",
                        images.target().config().bytes())),
                describe(MediaTypes.LAYER_DELTA, deltas.files()),
                describe(MediaTypes.TAR_SKELETON, deltas.skeletons()));
    }

    private Map<Digest, Descriptor> describe(String mediaType, Map<Digest, Path> contents) throws IOException {
        Map<Digest, Descriptor> described = new LinkedHashMap<>();
        for (Map.Entry<Digest, Path> content : contents.entrySet()) {
            described.put(content.getKey(), describe(mediaType, content.getValue()));
        }
        return described;
    }

    private Descriptor write(String mediaType, String name, byte[] content) throws IOException {
        Descriptor descriptor = Descriptor.of(mediaType, content);
        files.put(descriptor.digest(), Files.write(folder.resolve(name), content));
        return descriptor;
    }

    private Descriptor describe(String mediaType, Path content) throws IOException {
        try (InputStream in = Files.newInputStream(content)) {
            MessageDigest sha256 = Digest.sha256();
            new DigestInputStream(in, sha256).transferTo(OutputStream.nullOutputStream());
            Descriptor descriptor = Descriptor.of(mediaType, Digest.finish(sha256), Files.size(content));
            files.put(descriptor.digest(), content);
            return descriptor;
        }
    }

    /**
     * Makes the live unit alone.
     *
     * @param target where it is written to, whole or not at all
     */
    public static Descriptor writeLiveUnit(PlannedPatch planned, Path target) throws IOException {
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        MessageDigest sha256 = Digest.sha256();
        try {
            try (OutputStream out =
                    new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)), sha256)) {
                LiveUnitWriter.write(LiveIndexOfPlan.of(planned.plan()), planned::classFile, out);
            }
            Descriptor live = Descriptor.of(MediaTypes.LIVE, Digest.finish(sha256), Files.size(partial));
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            return live;
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
