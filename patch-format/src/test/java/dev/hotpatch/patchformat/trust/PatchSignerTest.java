package dev.hotpatch.patchformat.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.trust.VerificationException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PatchSignerTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000L, 123);
    private static final String REPOSITORY = "reg.example/ns/app";
    private static final PatchSigner SIGNER = new PatchSigner(Golden.RFC_KEY, "hotpatch/1.0");

    @Test
    void thePayloadHasExactlyTheKeysThatOthersExpect() throws VerificationException, JsonException {
        SignatureArtifact artifact = SIGNER.simpleSigning(REPOSITORY, Golden.patch(), TIME, Optional.empty());
        assertEquals(
                "{\"critical\":{\"identity\":{\"docker-reference\":\"reg.example/ns/app\"},\"image\":"
                        + "{\"docker-manifest-digest\":\""
                        + Golden.patch().digest() + "\"},\"type\":\"cosign container image signature\"},"
                        + "\"optional\":{\"creator\":\"hotpatch/1.0\",\"timestamp\":1700000000}}",
                text(artifact, layers(artifact).get(0)));
    }

    @Test
    void theStatementNamesDigestAndRepository() throws VerificationException, JsonException {
        SignatureArtifact artifact = SIGNER.bundle(REPOSITORY, Golden.patch());
        Manifest manifest = Manifest.parse(artifact.manifest());
        assertEquals(Golden.patch().descriptor(), manifest.subject().orElseThrow());
        Candidate candidate =
                Bundle.read(artifact.blobs().get(manifest.layers().get(0).digest()));
        assertEquals(
                "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"reg.example/ns/app\","
                        + "\"digest\":{\"sha256\":\"" + Golden.patch().digest().hex()
                        + "\"}}],\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\",\"predicate\":{}}",
                new String(candidate.payload(), StandardCharsets.UTF_8));
    }

    @Test
    void sameInputSameBytes() throws VerificationException {
        assertEquals(
                "sha256:6ac99ffad1b720eaea18a6592155297511bec0160d449f0e4e5b466d3141992c",
                Digest.of(SIGNER.simpleSigning(REPOSITORY, Golden.patch(), TIME, Optional.empty())
                                .manifest())
                        .toString());
        assertEquals(
                "sha256:edf96b916825ecc95ca1e2a429491b4fdad28dced32185d5fa4181b7e6f29800",
                Digest.of(SIGNER.bundle(REPOSITORY, Golden.patch()).manifest()).toString());
    }

    @Test
    void aSecondSignerAddsALayer() throws VerificationException, JsonException {
        SignatureArtifact first = SIGNER.simpleSigning(REPOSITORY, Golden.patch(), TIME, Optional.empty());
        SignatureArtifact both = other().simpleSigning(REPOSITORY, Golden.patch(), TIME, Optional.of(first));
        assertEquals(2, layers(both).size());
        assertEquals(layers(first).get(0), layers(both).get(0));
        Descriptor config = Manifest.parse(both.manifest()).config();
        Digest payload = layers(both).get(0).digest();
        assertTrue(text(both, config).contains("[\"" + payload + "\",\"" + payload + "\"]"), text(both, config));
    }

    @Test
    void signingAgainReplacesOnesOwnSignatureAndNoOther() throws VerificationException, JsonException {
        SignatureArtifact foreign = other().simpleSigning(REPOSITORY, Golden.patch(), TIME, Optional.empty());
        SignatureArtifact earlier = SIGNER.simpleSigning(REPOSITORY, Golden.patch(), TIME, Optional.of(foreign));
        SignatureArtifact later =
                SIGNER.simpleSigning(REPOSITORY, Golden.patch(), TIME.plusSeconds(9), Optional.of(earlier));
        assertEquals(2, layers(later).size());
        assertEquals(layers(foreign).get(0), layers(later).get(0));
        assertTrue(text(later, layers(later).get(1)).contains("1700000009"));
    }

    @Test
    void addsToWhatCosignWrote() throws VerificationException, JsonException {
        SignatureArtifact artifact =
                SIGNER.simpleSigning(Golden.REPOSITORY, Golden.patch(), TIME, Optional.of(Golden.cosign2()));
        assertEquals(5, layers(artifact).size());
        assertEquals(layers(Golden.cosign2()), layers(artifact).subList(0, 4));
    }

    @Test
    void doesNotAddMoreThanIsRead() throws VerificationException {
        SignatureArtifact full = SIGNER.simpleSigning(REPOSITORY, Golden.patch(), TIME, Optional.empty());
        for (int i = 1; i < Verifier.MAX_SIGNATURES; i++) {
            full = other().simpleSigning(REPOSITORY, Golden.patch(), TIME, Optional.of(full));
        }
        SignatureArtifact existing = full;
        VerificationException refusal = assertThrows(
                VerificationException.class,
                () -> other().simpleSigning(REPOSITORY, Golden.patch(), TIME, Optional.of(existing)));
        assertEquals(Reason.MALFORMED, refusal.reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app", "reg.example/app:1", "reg.example/app@sha256:00", "reg.example/", "reg.example//a", ""})
    void refusesARepositoryWithTagOrDigest(String repository) {
        assertThrows(IllegalArgumentException.class, () -> SIGNER.bundle(repository, Golden.patch()));
    }

    @Test
    void theTagIsTheOneThatCosignLooksFor() {
        Digest digest = Golden.patch().digest();
        assertEquals("sha256-" + digest.hex() + ".sig", SignatureArtifact.tag(digest));
    }

    private static PatchSigner other() {
        return new PatchSigner(SigningKey.generate(new SecureRandom()), "hotpatch/1.0");
    }

    private static List<Descriptor> layers(SignatureArtifact artifact) throws JsonException {
        return Manifest.parse(artifact.manifest()).layers();
    }

    private static String text(SignatureArtifact artifact, Descriptor descriptor) {
        byte[] blob = artifact.blobs().get(descriptor.digest());
        return blob == null ? "missing" : new String(blob, StandardCharsets.UTF_8);
    }
}
