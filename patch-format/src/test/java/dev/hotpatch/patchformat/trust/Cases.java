package dev.hotpatch.patchformat.trust;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.trust.VerificationException.Reason;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signers, verifiers and signatures for the tests of the verifier. */
final class Cases {
    static final Instant TIME = Instant.ofEpochSecond(1_700_000_000L);
    static final String HERE = "reg.example/ns/app";
    static final SigningKey ALICE = Golden.RFC_KEY;
    static final SigningKey BOB = SigningKey.generate(new SecureRandom());
    static final SigningKey MALLORY = SigningKey.generate(new SecureRandom());
    static final Verifier ONE_OF_TWO = verifier(1);
    static final Verifier TWO_OF_TWO = verifier(2);

    private Cases() {}

    static Reason refusal(Verifier verifier, String repository, byte[] patch, SignatureArtifact... signatures) {
        VerificationException refusal = assertThrows(
                VerificationException.class, () -> verifier.verify(repository, patch, List.of(signatures)));
        return refusal.reason();
    }

    static byte[] patch() {
        return Golden.patch().bytes();
    }

    static SignatureArtifact simple(SigningKey key, String repository) {
        try {
            return new PatchSigner(key, "t").simpleSigning(repository, Golden.patch(), TIME, Optional.empty());
        } catch (VerificationException e) {
            throw new AssertionError(e);
        }
    }

    static SignatureArtifact bundle(SigningKey key, String repository) {
        return new PatchSigner(key, "t").bundle(repository, Golden.patch());
    }

    static SignatureArtifact artifact(Descriptor layer, byte[] content) {
        Manifest manifest = Manifest.create(
                Optional.empty(),
                Descriptor.of(MediaTypes.OCI_CONFIG, new byte[0]),
                List.of(layer),
                Optional.empty(),
                Map.of());
        return new SignatureArtifact(manifest.bytes(), Map.of(layer.digest(), content));
    }

    static Verifier verifier(int threshold) {
        return new Verifier(List.of(ALICE.publicKey(), BOB.publicKey()), threshold);
    }
}
