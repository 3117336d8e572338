package dev.hotpatch.testdata.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A manifest or index in the store. */
record StoredManifest(String digest, String mediaType, byte[] bytes) {
    /** The manifest that this one refers to; empty if there is none. */
    String subject() {
        return Json.string(Json.map(Json.object(bytes).get("subject")).get("digest"));
    }

    /** How a list of referrers shows this manifest. */
    Map<String, @Nullable Object> asReferrer() {
        Map<String, @Nullable Object> json = Json.object(bytes);
        Map<String, @Nullable Object> descriptor = new LinkedHashMap<>();
        descriptor.put("mediaType", mediaType);
        descriptor.put("digest", digest);
        descriptor.put("size", (long) bytes.length);
        if (!artifactType().isEmpty()) {
            descriptor.put("artifactType", artifactType());
        }
        if (json.get("annotations") instanceof Map<?, ?> annotations) {
            descriptor.put("annotations", annotations);
        }
        return descriptor;
    }

    String artifactType() {
        Map<String, @Nullable Object> json = Json.object(bytes);
        String type = Json.string(json.get("artifactType"));
        return type.isEmpty() ? Json.string(Json.map(json.get("config")).get("mediaType")) : type;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredManifest manifest && digest.equals(manifest.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }
}
