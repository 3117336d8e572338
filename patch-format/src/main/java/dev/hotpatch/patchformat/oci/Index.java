package dev.hotpatch.patchformat.oci;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of manifests: an image for several platforms, a layout's table of contents, or a list of referrers (OCI image
 * specification, image-index.md).
 *
 * @param bytes the index itself; do not modify
 */
public record Index(byte[] bytes, String mediaType, List<Descriptor> manifests, Map<String, String> annotations) {
    private static final int MAX_MANIFESTS = 4096;

    public Index {
        manifests = List.copyOf(manifests);
    }

    public static Index parse(byte[] bytes) throws JsonException {
        if (bytes.length > Manifest.MAX_BYTES) {
            throw new JsonException(
                    "image index: " + bytes.length + " bytes, at most " + Manifest.MAX_BYTES + " are read");
        }
        JsonObject json = JsonObject.parse(bytes, "image index");
        json.number("schemaVersion", 2, 2);
        String mediaType =
                json.optionalString("mediaType", Descriptor.MAX_MEDIA_TYPE).orElse(MediaTypes.OCI_INDEX);
        if (!MediaTypes.isIndex(mediaType)) {
            throw new JsonException("image index.mediaType: expected an image index, found " + mediaType);
        }
        List<Descriptor> manifests = new ArrayList<>();
        for (JsonObject manifest : json.objects("manifests", MAX_MANIFESTS)) {
            manifests.add(Descriptor.fromJson(manifest));
        }
        return new Index(
                bytes.clone(),
                mediaType,
                manifests,
                json.stringMap("annotations", Descriptor.MAX_ANNOTATIONS, Descriptor.MAX_ANNOTATION));
    }

    public static Index create(List<Descriptor> manifests) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaTypes.OCI_INDEX);
        json.put("manifests", manifests.stream().map(Descriptor::toJson).toList());
        return new Index(JsonWriter.compact(json), MediaTypes.OCI_INDEX, manifests, Map.of());
    }

    public Digest digest() {
        return Digest.of(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Index index && java.util.Arrays.equals(bytes, index.bytes);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(bytes);
    }
}
