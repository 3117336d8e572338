package dev.hotpatch.patchformat.patch;

import dev.hotpatch.patchformat.image.ImageConfig;
import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.skeleton.TarSkeleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a patch consists of beside its config: the layers of its manifest (docs/patch-format.md, section 1). Media types and annotations of what is
 * given are replaced by those that they have there.
 *
 * @param live the live unit; absent if nothing can go live
 * @param targetManifest the target image's manifest; there if, and only if, there are deltas
 * @param targetConfig the target image's config; as the manifest
 * @param deltas by the digest of the target's layer, in the order of its layers
 * @param skeletons by the diff_id of the base's layer; not without deltas
 */
public record PatchContents(
        Optional<Descriptor> live,
        Optional<Descriptor> targetManifest,
        Optional<Descriptor> targetConfig,
        Map<Digest, Descriptor> deltas,
        Map<Digest, Descriptor> skeletons) {
    /** Larger live units are refused. */
    public static final long MAX_LIVE = 256L << 20;

    /** Larger deltas are refused. */
    public static final long MAX_DELTA = 16L << 30;

    /** Nothing but the config. */
    public static final PatchContents NONE =
            new PatchContents(Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Map.of());

    private static final String TITLE = "org.opencontainers.image.title";
    private static final String LIVE_TITLE = "live.zip";
    private static final String MANIFEST_TITLE = "target-manifest.json";
    private static final String CONFIG_TITLE = "target-config.json";
    private static final String LAYER = "dev.hotpatch.layer.digest";
    private static final String DIFF_ID = "dev.hotpatch.layer.diff-id";

    public PatchContents {
        if (targetManifest.isPresent() == deltas.isEmpty() || targetConfig.isPresent() == deltas.isEmpty()) {
            throw new IllegalArgumentException("manifest and config of the target go with deltas, and only with them");
        }
        if (deltas.isEmpty() && !skeletons.isEmpty()) {
            throw new IllegalArgumentException("tar skeletons go with deltas only");
        }
        live = live.map(it -> described(MediaTypes.LIVE, it, TITLE, LIVE_TITLE));
        targetManifest = targetManifest.map(it -> described(MediaTypes.TARGET_MANIFEST, it, TITLE, MANIFEST_TITLE));
        targetConfig = targetConfig.map(it -> described(MediaTypes.TARGET_CONFIG, it, TITLE, CONFIG_TITLE));
        deltas = described(MediaTypes.LAYER_DELTA, LAYER, deltas);
        skeletons = described(MediaTypes.TAR_SKELETON, DIFF_ID, skeletons);
    }

    /** The same with another live unit. */
    public PatchContents withLive(Descriptor unit) {
        return new PatchContents(Optional.of(unit), targetManifest, targetConfig, deltas, skeletons);
    }

    /** The layers of the patch's manifest. */
    List<Descriptor> layers() {
        List<Descriptor> layers = new ArrayList<>();
        live.ifPresent(layers::add);
        targetManifest.ifPresent(layers::add);
        targetConfig.ifPresent(layers::add);
        layers.addAll(deltas.values());
        layers.addAll(skeletons.values());
        return layers;
    }

    private static Map<Digest, Descriptor> described(String type, String annotation, Map<Digest, Descriptor> contents) {
        Map<Digest, Descriptor> all = new LinkedHashMap<>();
        contents.forEach((layer, it) -> all.put(layer, described(type, it, annotation, layer.toString())));
        return Collections.unmodifiableMap(all);
    }

    private static Descriptor described(String type, Descriptor content, String annotation, String value) {
        return Descriptor.of(type, content.digest(), content.size()).withAnnotations(Map.of(annotation, value));
    }

    /** Reads the layers of a manifest that anybody may have made. */
    static PatchContents read(Manifest manifest) throws JsonException {
        Optional<Descriptor> live = Optional.empty();
        Optional<Descriptor> targetManifest = Optional.empty();
        Optional<Descriptor> targetConfig = Optional.empty();
        Map<Digest, Descriptor> deltas = new LinkedHashMap<>();
        Map<Digest, Descriptor> skeletons = new LinkedHashMap<>();
        for (Descriptor layer : manifest.layers()) {
            switch (layer.mediaType()) {
                case MediaTypes.LIVE -> live = Optional.of(only(live, layer, LIVE_TITLE, MAX_LIVE));
                case MediaTypes.TARGET_MANIFEST ->
                    targetManifest = Optional.of(only(targetManifest, layer, MANIFEST_TITLE, Manifest.MAX_BYTES));
                case MediaTypes.TARGET_CONFIG ->
                    targetConfig = Optional.of(only(targetConfig, layer, CONFIG_TITLE, ImageConfig.MAX_BYTES));
                case MediaTypes.LAYER_DELTA -> put(deltas, LAYER, bounded(layer, "a delta", MAX_DELTA));
                case MediaTypes.TAR_SKELETON ->
                    put(skeletons, DIFF_ID, bounded(layer, "a tar skeleton", TarSkeleton.MAX_BYTES));
                default ->
                    throw new JsonException("patch manifest.layers: unknown kind of content " + layer.mediaType());
            }
        }
        PatchContents contents;
        try {
            contents = new PatchContents(live, targetManifest, targetConfig, deltas, skeletons);
        } catch (IllegalArgumentException e) {
            throw new JsonException("patch manifest.layers: " + e.getMessage());
        }
        if (!contents.layers().equals(manifest.layers())) {
            throw new JsonException("patch manifest.layers: not in order, or not described as expected: "
                    + manifest.layers() + "; expected " + contents.layers());
        }
        return contents;
    }

    private static Descriptor only(Optional<Descriptor> before, Descriptor layer, String title, long max)
            throws JsonException {
        if (before.isPresent()) {
            throw new JsonException("patch manifest.layers: " + title + " is there twice");
        }
        return bounded(layer, title, max);
    }

    private static Descriptor bounded(Descriptor layer, String what, long max) throws JsonException {
        if (layer.size() > max) {
            throw new JsonException(
                    "patch manifest.layers: " + what + " has " + layer.size() + " bytes, at most " + max + " are read");
        }
        return layer;
    }

    private static void put(Map<Digest, Descriptor> contents, String annotation, Descriptor layer)
            throws JsonException {
        Digest of;
        try {
            of = Digest.parse(layer.annotations().getOrDefault(annotation, ""));
        } catch (IllegalArgumentException e) {
            throw new JsonException("patch manifest.layers: annotation " + annotation + ": " + e.getMessage());
        }
        if (contents.put(of, layer) != null) {
            throw new JsonException("patch manifest.layers: two with " + annotation + " " + of);
        }
    }
}
