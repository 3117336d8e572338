package dev.hotpatch.patchformat.oci;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image manifest (OCI image specification, manifest.md; Docker's schema 2 has the same fields). The bytes are kept as they
 * came, since only they have the digest.
 *
 * @param bytes the manifest itself; do not modify
 * @param artifactType empty for an ordinary image
 * @param subject the manifest that this one refers to
 */
public record Manifest(
        byte[] bytes,
        String mediaType,
        Optional<String> artifactType,
        Descriptor config,
        List<Descriptor> layers,
        Optional<Descriptor> subject,
        Map<String, String> annotations) {
    /** Registries accept no more than this many bytes. */
    public static final int MAX_BYTES = 4 << 20;

    private static final int MAX_LAYERS = 1024;

    public Manifest {
        layers = List.copyOf(layers);
    }

    /** Reads a manifest; refuses an index, an older schema and more than {@value #MAX_BYTES} bytes. */
    public static Manifest parse(byte[] bytes) throws JsonException {
        if (bytes.length > MAX_BYTES) {
            throw new JsonException("image manifest: " + bytes.length + " bytes, at most " + MAX_BYTES + " are read");
        }
        JsonObject json = JsonObject.parse(bytes, "image manifest");
        json.number("schemaVersion", 2, 2);
        String mediaType =
                json.optionalString("mediaType", Descriptor.MAX_MEDIA_TYPE).orElse(MediaTypes.OCI_MANIFEST);
        if (!MediaTypes.isManifest(mediaType)) {
            throw new JsonException("image manifest.mediaType: expected an image manifest, found " + mediaType);
        }
        List<Descriptor> layers = new ArrayList<>();
        for (JsonObject layer : json.objects("layers", MAX_LAYERS)) {
            layers.add(Descriptor.fromJson(layer));
        }
        Optional<JsonObject> subject = json.optionalObject("subject");
        return new Manifest(
                bytes.clone(),
                mediaType,
                json.optionalString("artifactType", Descriptor.MAX_MEDIA_TYPE).filter(type -> !type.isEmpty()),
                Descriptor.fromJson(json.object("config")),
                layers,
                subject.isPresent() ? Optional.of(Descriptor.fromJson(subject.get())) : Optional.empty(),
                json.stringMap("annotations", Descriptor.MAX_ANNOTATIONS, Descriptor.MAX_ANNOTATION));
    }

    /** Writes an OCI manifest; the same arguments always give the same bytes. */
    public static Manifest create(
            Optional<String> artifactType,
            Descriptor config,
            List<Descriptor> layers,
            Optional<Descriptor> subject,
            Map<String, String> annotations) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaTypes.OCI_MANIFEST);
        artifactType.ifPresent(type -> json.put("artifactType", type));
        json.put("config", config.toJson());
        json.put("layers", layers.stream().map(Descriptor::toJson).toList());
        subject.ifPresent(value -> json.put("subject", value.toJson()));
        if (!annotations.isEmpty()) {
            json.put("annotations", annotations);
        }
        return new Manifest(
                JsonWriter.compact(json), MediaTypes.OCI_MANIFEST, artifactType, config, layers, subject, annotations);
    }

    public Digest digest() {
        return Digest.of(bytes);
    }

    public Descriptor descriptor() {
        return Descriptor.of(mediaType, bytes);
    }

    /** What registries list this manifest as: its artifact type, or its config's media type. */
    public String effectiveArtifactType() {
        return artifactType.orElse(config.mediaType());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Manifest manifest && java.util.Arrays.equals(bytes, manifest.bytes);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(bytes);
    }
}
