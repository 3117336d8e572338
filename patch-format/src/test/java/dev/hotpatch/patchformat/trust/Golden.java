package dev.hotpatch.patchformat.trust;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Keys and signatures that cosign 2.5.0 and 3.1.1 made, and the patch manifest that they are for. */
final class Golden {
    static final String REPOSITORY = "127.0.0.1:15871/ns/app";

    /** The private key of RFC 6979, appendix A.2.5. */
    static final SigningKey RFC_KEY = rfcKey();

    private Golden() {}

    static byte[] bytes(String name) {
        try (InputStream in = Golden.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifest patch() {
        try {
            return Manifest.parse(bytes("patch.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TrustedKey key(String name) {
        try {
            return TrustedKey.parse(bytes(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The four signatures that cosign 2.5.0 put under one tag, with ECDSA P-256, P-384, RSA and Ed25519 keys. */
    static SignatureArtifact cosign2() {
        byte[] payload = bytes("cosign-2.payload.json");
        return new SignatureArtifact(bytes("cosign-2.sig.json"), Map.of(Digest.of(payload), payload));
    }

    /** A bundle in a manifest such as cosign 3 pushes. */
    static SignatureArtifact bundle(byte[] bundle) {
        byte[] empty = {'{', '}'};
        Manifest manifest = Manifest.create(
                Optional.of(MediaTypes.SIGSTORE_BUNDLE),
                Descriptor.of(MediaTypes.OCI_EMPTY, empty),
                List.of(Descriptor.of(MediaTypes.SIGSTORE_BUNDLE, bundle)),
                Optional.of(patch().descriptor()),
                Map.of());
        return new SignatureArtifact(manifest.bytes(), Map.of(Digest.of(bundle), bundle));
    }

    private static SigningKey rfcKey() {
        byte[] sec1 = HexFormat.of()
                .parseHex("30310201010420C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"
                        + "a00a06082a8648ce3d030107");
        try {
            return SigningKey.parse(new Pem(SigningKey.SEC1_LABEL, sec1).encode(), () -> new char[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
