package dev.hotpatch.patchformat.trust;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.json.JsonWriter;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.trust.VerificationException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A sigstore bundle v0.3 around one DSSE envelope, signed with a key rather than with a certificate. */
final class Bundle {
    private static final String WHAT = "sigstore bundle";
    private static final int MAX_BASE64 = 4 * ((Candidate.MAX_PAYLOAD + 2) / 3);
    private static final int MAX_SIGNATURE_BASE64 = 2048;

    private Bundle() {}

    static byte[] write(byte[] payload, byte[] signature, String keyId) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("payload", base64(payload));
        envelope.put("payloadType", Statement.PAYLOAD_TYPE);
        envelope.put("signatures", List.of(Map.of("sig", base64(signature))));
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("mediaType", MediaTypes.SIGSTORE_BUNDLE);
        bundle.put("verificationMaterial", Map.of("publicKey", Map.of("hint", keyId)));
        bundle.put("dsseEnvelope", envelope);
        return JsonWriter.compact(bundle);
    }

    /** The bytes that are signed: DSSE's pre-authentication encoding. */
    static byte[] signedBytes(byte[] payload) {
        byte[] type = Statement.PAYLOAD_TYPE.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(type);
        bytes.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    /** Log entries and time stamps in the unsigned material are not looked at. */
    static Candidate read(byte[] bytes) throws VerificationException {
        try {
            JsonObject json = JsonObject.parse(bytes, WHAT);
            json.onlyFields(Set.of("mediaType", "verificationMaterial", "dsseEnvelope"));
            expect(json, "mediaType", MediaTypes.SIGSTORE_BUNDLE);
            JsonObject material = json.object("verificationMaterial");
            if (!material.has("publicKey")) {
                throw new VerificationException(
                        Reason.WRONG_KEY, WHAT + ": signed with a certificate; only keys are trusted here");
            }
            Optional<String> hint = material.object("publicKey").optionalString("hint", 256);
            JsonObject envelope = json.object("dsseEnvelope");
            envelope.onlyFields(Set.of("payload", "payloadType", "signatures"));
            expect(envelope, "payloadType", Statement.PAYLOAD_TYPE);
            byte[] payload = Candidate.base64(WHAT + " payload", envelope.string("payload", MAX_BASE64));
            List<JsonObject> signatures = envelope.objects("signatures", 1);
            if (signatures.isEmpty()) {
                throw new JsonException(WHAT + ".dsseEnvelope.signatures: empty, expected one element");
            }
            signatures.get(0).onlyFields(Set.of("sig", "keyid"));
            byte[] signature =
                    Candidate.base64(WHAT + " signature", signatures.get(0).string("sig", MAX_SIGNATURE_BASE64));
            return new Candidate(Candidate.Form.BUNDLE, payload, signedBytes(payload), signature, hint);
        } catch (JsonException e) {
            throw VerificationException.malformed(e);
        }
    }

    private static void expect(JsonObject json, String field, String value)
            throws JsonException, VerificationException {
        String found = json.string(field, 256);
        if (!found.equals(value)) {
            throw new VerificationException(
                    Reason.WRONG_TYPE, WHAT + ": " + field + ": expected " + value + ", found " + found);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
