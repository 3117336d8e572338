package dev.hotpatch.patchformat.trust;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.trust.VerificationException.Reason;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * One signature as it was found, not yet believed.
 *
 * @param payload says what is signed; not parsed before the signature over it is good
 * @param signedBytes what the signature is over
 * @param hint the id of the key that is said to have made it
 */
record Candidate(Form form, byte[] payload, byte[] signedBytes, byte[] signature, Optional<String> hint) {
    static final int MAX_PAYLOAD = 64 * 1024;

    /** The annotation of a simple signing layer that hints at the key; only hotpatch writes it, and the others ignore it. */
    static final String KEY_HINT = "dev.hotpatch.key";

    /** A bundle with the largest payload in Base64, and room for what is around it. */
    private static final int MAX_BUNDLE = 2 * MAX_PAYLOAD;

    private static final int MAX_SIGNATURE_BASE64 = 2048;

    enum Form {
        SIMPLE_SIGNING,
        BUNDLE
    }

    /** What the payload says. */
    Claim claim() throws VerificationException {
        return switch (form) {
            case SIMPLE_SIGNING -> SimpleSigning.read(payload);
            case BUNDLE -> Statement.read(payload);
        };
    }

    /** True if a layer holds a signature in one of the two forms, of a size that is read. */
    static boolean isWanted(Descriptor layer) {
        return (layer.mediaType().equals(MediaTypes.SIMPLE_SIGNING) && layer.size() <= MAX_PAYLOAD)
                || (layer.mediaType().equals(MediaTypes.SIGSTORE_BUNDLE) && layer.size() <= MAX_BUNDLE);
    }

    /** The signature that a layer of a signature manifest holds. */
    static Candidate read(Descriptor layer, Map<Digest, byte[]> blobs) throws VerificationException {
        boolean bundle = layer.mediaType().equals(MediaTypes.SIGSTORE_BUNDLE);
        if (!bundle && !layer.mediaType().equals(MediaTypes.SIMPLE_SIGNING)) {
            throw new VerificationException(
                    Reason.WRONG_TYPE,
                    "signature layer: media type " + layer.mediaType() + " is neither " + MediaTypes.SIMPLE_SIGNING
                            + " nor " + MediaTypes.SIGSTORE_BUNDLE);
        }
        if (!isWanted(layer)) {
            throw new VerificationException(
                    Reason.MALFORMED,
                    "signature layer: " + layer.size() + " bytes, at most " + (bundle ? MAX_BUNDLE : MAX_PAYLOAD)
                            + " are read");
        }
        byte[] content = content(layer, blobs);
        if (bundle) {
            return Bundle.read(content);
        }
        String signature = layer.annotations().get(SimpleSigning.SIGNATURE);
        if (signature == null || signature.length() > MAX_SIGNATURE_BASE64) {
            throw new VerificationException(
                    Reason.MALFORMED,
                    "signature layer: annotation " + SimpleSigning.SIGNATURE + " is missing or too long");
        }
        return new Candidate(
                Form.SIMPLE_SIGNING,
                content,
                content,
                base64("annotation " + SimpleSigning.SIGNATURE, signature),
                Optional.ofNullable(layer.annotations().get(KEY_HINT)));
    }

    /** The bytes of a layer, whatever the map's keys claim. */
    private static byte[] content(Descriptor layer, Map<Digest, byte[]> blobs) throws VerificationException {
        byte[] content = blobs.get(layer.digest());
        if (content == null) {
            throw new VerificationException(
                    Reason.MALFORMED, "signature layer: content " + layer.digest() + " is missing");
        }
        if (content.length != layer.size() || !Digest.of(content).equals(layer.digest())) {
            throw new VerificationException(
                    Reason.TAMPERED,
                    "signature layer: expected " + layer.size() + " bytes with digest " + layer.digest() + ", found "
                            + content.length + " bytes with another");
        }
        return content;
    }

    static byte[] base64(String what, String text) throws VerificationException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, what + ": not Base64: " + e.getMessage(), e);
        }
    }
}
