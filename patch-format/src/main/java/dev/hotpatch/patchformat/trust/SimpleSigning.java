package dev.hotpatch.patchformat.trust;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.json.JsonWriter;
import dev.hotpatch.patchformat.trust.VerificationException.Reason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The payload of the first signature form ("simple signing", containers/image containers-signature.5). */
final class SimpleSigning {
    /** The annotation of a layer that holds the signature over the layer's bytes, in Base64. */
    static final String SIGNATURE = "dev.cosignproject.cosign/signature";

    private static final String TYPE = "cosign container image signature";
    private static final String WHAT = "simple signing payload";

    private SimpleSigning() {}

    static byte[] write(Claim claim, String creator, Instant timestamp) {
        Map<String, Object> critical = new LinkedHashMap<>();
        critical.put("identity", Map.of("docker-reference", claim.repository()));
        critical.put("image", Map.of("docker-manifest-digest", claim.patch().toString()));
        critical.put("type", TYPE);
        Map<String, Object> optional = new LinkedHashMap<>();
        optional.put("creator", creator);
        optional.put("timestamp", timestamp.getEpochSecond());
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("critical", critical);
        payload.put("optional", optional);
        return JsonWriter.compact(payload);
    }

    /** Accepts exactly the keys that {@link #write} writes; in {@code optional}, which may be null, anything. */
    static Claim read(byte[] payload) throws VerificationException {
        try {
            JsonObject json = JsonObject.parse(payload, WHAT);
            json.onlyFields(Set.of("critical", "optional"));
            if (!json.fields().contains("optional")) {
                throw new JsonException(WHAT + ".optional: missing");
            }
            json.optionalObject("optional");
            JsonObject critical = json.object("critical");
            critical.onlyFields(Set.of("identity", "image", "type"));
            JsonObject identity = critical.object("identity");
            identity.onlyFields(Set.of("docker-reference"));
            JsonObject image = critical.object("image");
            image.onlyFields(Set.of("docker-manifest-digest"));
            String type = critical.string("type", 256);
            if (!type.equals(TYPE)) {
                throw new VerificationException(
                        Reason.WRONG_TYPE, WHAT + ".critical.type: expected \"" + TYPE + "\", found \"" + type + "\"");
            }
            return Claim.read(
                    identity.string("docker-reference", Claim.MAX_REPOSITORY),
                    image.string("docker-manifest-digest", 256));
        } catch (JsonException e) {
            throw VerificationException.malformed(e);
        }
    }
}
