package dev.hotpatch.patchformat.oci;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A pointer to content (OCI image specification, descriptor.md).
 *
 * @param mediaType what the content is
 * @param digest of its bytes
 * @param size in bytes, 0 or more
 * @param annotations in the order in which they were written
 * @param platform in an index only
 * @param artifactType in a list of referrers only
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        Map<String, String> annotations,
        Optional<Platform> platform,
        Optional<String> artifactType) {
    static final int MAX_MEDIA_TYPE = 255;
    static final int MAX_ANNOTATIONS = 256;
    static final int MAX_ANNOTATION = 64 * 1024;

    /** No blob that hotpatch handles is larger: 1 TiB. */
    public static final long MAX_SIZE = 1L << 40;

    public Descriptor {
        if (size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException("size " + size + " is outside 0.." + MAX_SIZE);
        }
        annotations = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, Map.of(), Optional.empty(), Optional.empty());
    }

    public static Descriptor of(String mediaType, byte[] content) {
        return of(mediaType, Digest.of(content), content.length);
    }

    public Descriptor withAnnotations(Map<String, String> replacement) {
        return new Descriptor(mediaType, digest, size, replacement, platform, artifactType);
    }

    public Descriptor withArtifactType(String type) {
        return new Descriptor(mediaType, digest, size, annotations, platform, Optional.of(type));
    }

    public static Descriptor fromJson(JsonObject json) throws JsonException {
        Optional<JsonObject> platform = json.optionalObject("platform");
        return new Descriptor(
                json.string("mediaType", MAX_MEDIA_TYPE),
                digest(json, "digest"),
                json.number("size", 0, MAX_SIZE),
                json.stringMap("annotations", MAX_ANNOTATIONS, MAX_ANNOTATION),
                platform.isPresent() ? Optional.of(Platform.fromJson(platform.get())) : Optional.empty(),
                json.optionalString("artifactType", MAX_MEDIA_TYPE).filter(type -> !type.isEmpty()));
    }

    /** The digest in {@code field}, which must be there. */
    public static Digest digest(JsonObject json, String field) throws JsonException {
        String text = json.string(field, 256);
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new JsonException("field " + field + ": " + e.getMessage());
        }
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mediaType", mediaType);
        artifactType.ifPresent(type -> json.put("artifactType", type));
        json.put("digest", digest.toString());
        json.put("size", size);
        if (!annotations.isEmpty()) {
            json.put("annotations", annotations);
        }
        platform.ifPresent(value -> json.put("platform", value.toJson()));
        return json;
    }
}
