package dev.hotpatch.patchformat.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.Mutations;
import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.trust.VerificationException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VerifierTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000L);
    private static final String HERE = "reg.example/ns/app";
    private static final SigningKey ALICE = Golden.RFC_KEY;
    private static final SigningKey BOB = SigningKey.generate(new SecureRandom());
    private static final SigningKey MALLORY = SigningKey.generate(new SecureRandom());
    private static final Verifier ONE_OF_TWO = verifier(1);
    private static final Verifier TWO_OF_TWO = verifier(2);

    @Test
    void provesBothForms() throws VerificationException {
        for (SignatureArtifact form : List.of(simple(ALICE, HERE), bundle(ALICE, HERE))) {
            VerifiedPatch verified = ONE_OF_TWO.verify(HERE, patch(), List.of(form));
            assertArrayEquals(patch(), verified.manifest().bytes());
            assertEquals(Digest.of(patch()), verified.digest());
            assertEquals(HERE, verified.repository());
            assertEquals(Set.of(ALICE.publicKey().id()), verified.keyIds());
        }
    }

    @Test
    void refusesAPatchWithoutSignature() {
        assertEquals(Reason.NO_SIGNATURE, refusal(ONE_OF_TWO, HERE, patch()));
        assertEquals("no-signature", Reason.NO_SIGNATURE.word());
    }

    @Test
    void refusesASignatureByAForeignKey() {
        assertEquals(Reason.WRONG_KEY, refusal(ONE_OF_TWO, HERE, patch(), simple(MALLORY, HERE)));
        assertEquals(Reason.WRONG_KEY, refusal(ONE_OF_TWO, HERE, patch(), bundle(MALLORY, HERE)));
    }

    @Test
    void refusesAPatchSignedForAnotherRepository() {
        assertEquals(
                Reason.WRONG_REPOSITORY, refusal(ONE_OF_TWO, HERE, patch(), simple(ALICE, "reg.example/ns/other")));
        assertEquals(
                Reason.WRONG_REPOSITORY, refusal(ONE_OF_TWO, HERE, patch(), bundle(ALICE, "reg.example:1/ns/app")));
    }

    @Test
    void refusesSignaturesOfAnotherPatch() {
        byte[] altered = new String(patch(), StandardCharsets.UTF_8)
                .replace("1970", "1971")
                .getBytes(StandardCharsets.UTF_8);
        assertEquals(Reason.WRONG_DIGEST, refusal(ONE_OF_TWO, HERE, altered, simple(ALICE, HERE)));
        assertEquals(Reason.WRONG_DIGEST, refusal(ONE_OF_TWO, HERE, altered, bundle(ALICE, HERE)));
    }

    @Test
    void refusesSomethingSignedThatIsNoPatch() throws VerificationException {
        Manifest image = Manifest.create(
                Optional.empty(),
                Descriptor.of(MediaTypes.OCI_CONFIG, new byte[] {1}),
                List.of(),
                Optional.empty(),
                Map.of());
        SignatureArtifact signature = new PatchSigner(ALICE, "t").bundle(HERE, image, TIME);
        assertEquals(Reason.WRONG_TYPE, refusal(ONE_OF_TWO, HERE, image.bytes(), signature));
    }

    @Test
    void refusesPayloadsThatWereAltered() throws JsonException {
        SignatureArtifact good = simple(ALICE, HERE);
        Descriptor layer = Manifest.parse(good.manifest()).layers().get(0);
        byte[] other = SimpleSigning.write(new Claim(HERE, Digest.of(new byte[0])), "t", TIME);

        SignatureArtifact swapped = new SignatureArtifact(good.manifest(), Map.of(layer.digest(), other));
        assertEquals(Reason.TAMPERED, refusal(ONE_OF_TWO, HERE, patch(), swapped));

        Descriptor changed = Descriptor.of(MediaTypes.SIMPLE_SIGNING, other).withAnnotations(layer.annotations());
        assertEquals(Reason.TAMPERED, refusal(ONE_OF_TWO, HERE, patch(), artifact(changed, other)));
    }

    @Test
    void refusesAManifestWhosePayloadIsMissing() {
        SignatureArtifact cut = new SignatureArtifact(simple(ALICE, HERE).manifest(), Map.of());
        assertEquals(Reason.MALFORMED, refusal(ONE_OF_TWO, HERE, patch(), cut));
    }

    @Test
    void countsEachKeyOnce() throws VerificationException {
        SignatureArtifact[] alice = {
            simple(ALICE, HERE), bundle(ALICE, HERE), bundle(ALICE, HERE), simple(MALLORY, HERE)
        };
        assertEquals(Reason.THRESHOLD, refusal(TWO_OF_TWO, HERE, patch(), alice));
        VerifiedPatch verified =
                TWO_OF_TWO.verify(HERE, patch(), List.of(simple(ALICE, HERE), bundle(BOB, HERE), bundle(ALICE, HERE)));
        assertEquals(2, verified.keyIds().size());
    }

    @Test
    void aBadSignatureDoesNotSpoilAGoodOneAndOrderDoesNotMatter() throws VerificationException {
        List<SignatureArtifact> all = new ArrayList<>(List.of(
                new SignatureArtifact(new byte[] {'{'}, Map.of()),
                bundle(MALLORY, HERE),
                simple(BOB, "reg.example/ns/other"),
                simple(ALICE, HERE)));
        Set<String> messages = new java.util.HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(all, new Random(seed));
            assertEquals(
                    Set.of(ALICE.publicKey().id()),
                    ONE_OF_TWO.verify(HERE, patch(), all).keyIds());
            messages.add(String.valueOf(
                    assertThrows(VerificationException.class, () -> TWO_OF_TWO.verify(HERE, patch(), all))
                            .getMessage()));
        }
        assertEquals(1, messages.size(), messages.toString());
    }

    @Test
    void refusesMoreSignaturesThanAreRead() {
        SignatureArtifact[] many = Collections.nCopies(Verifier.MAX_SIGNATURES + 1, simple(ALICE, HERE))
                .toArray(SignatureArtifact[]::new);
        assertEquals(Reason.MALFORMED, refusal(ONE_OF_TWO, HERE, patch(), many));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"critical\":{ | \"critical\":{\"more\":1, | MALFORMED",
                "{\"critical\" | {\"more\":1,\"critical\" | MALFORMED",
                "\"identity\":{ | \"identity\":{\"more\":1, | MALFORMED",
                "\"image\":{ | \"image\":{\"more\":1, | MALFORMED",
                "\"image\":{ | \"image\":{\"docker-manifest-digest\":\"x\", | MALFORMED",
                "sha256: | sha512: | MALFORMED",
                "\"optional\" | \"Optional\" | MALFORMED",
                "/ns/app | /ns/app:tag | MALFORMED",
                "cosign container | atomic container | WRONG_TYPE"
            })
    void refusesSimpleSigningPayloadsThatSayAnythingElse(String from, String to, Reason reason) {
        byte[] payload = replaced(SimpleSigning.write(new Claim(HERE, Digest.of(patch())), "t", TIME), from, to);
        Descriptor layer = Descriptor.of(MediaTypes.SIMPLE_SIGNING, payload)
                .withAnnotations(Map.of(SimpleSigning.SIGNATURE, base64(ALICE.sign(payload))));
        assertEquals(reason, refusal(ONE_OF_TWO, HERE, patch(), artifact(layer, payload)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"_type\" | {\"more\":1,\"_type\" | MALFORMED",
                "Statement/v1 | Statement/v0.1 | WRONG_TYPE",
                "cosign/sign/v1 | cosign/attest/v1 | WRONG_TYPE",
                "[{ | [{\"digest\":{\"sha256\":\"00\"}},{ | MALFORMED",
                "\"digest\":{ | \"digest\":{\"sha512\":\"00\", | MALFORMED",
                "\"name\" | \"uri\" | MALFORMED",
                "[{ | [{\"annotations\":{\"dev.hotpatch.repository\":\"reg.example/ns/b\"}, | WRONG_REPOSITORY",
                "\"reg.example/ns/app\" | \"\" | WRONG_REPOSITORY",
                "\"predicate\":{} | \"predicate\":[] | MALFORMED"
            })
    void refusesStatementsThatSayAnythingElse(String from, String to, Reason reason) {
        byte[] statement = replaced(Statement.write(new Claim(HERE, Digest.of(patch()))), from, to);
        byte[] bundle = Bundle.write(
                statement,
                ALICE.sign(Bundle.signedBytes(statement)),
                ALICE.publicKey().id());
        assertEquals(reason, refusal(ONE_OF_TWO, HERE, patch(), Golden.bundle(bundle)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vnd.in-toto+json | vnd.other+json | WRONG_TYPE",
                "bundle.v0.3 | bundle.v0.2 | WRONG_TYPE",
                "publicKey | certificate | WRONG_KEY",
                "\"signatures\":[ | \"signatures\":[{\"sig\":\"\"}, | MALFORMED",
                "\"sig\":\" | \"sig\":\"* | MALFORMED",
                "{\"mediaType\" | {\"messageSignature\":{},\"mediaType\" | MALFORMED"
            })
    void refusesBundlesOfAnotherKind(String from, String to, Reason reason) {
        byte[] statement = Statement.write(new Claim(HERE, Digest.of(patch())));
        byte[] bundle = Bundle.write(
                statement,
                ALICE.sign(Bundle.signedBytes(statement)),
                ALICE.publicKey().id());
        assertEquals(reason, refusal(ONE_OF_TWO, HERE, patch(), Golden.bundle(replaced(bundle, from, to))));
    }

    @Test
    void refusesPayloadsLargerThanTheBound() {
        byte[] payload = new byte[Candidate.MAX_PAYLOAD + 1];
        Descriptor layer = Descriptor.of(MediaTypes.SIMPLE_SIGNING, payload);
        assertEquals(Reason.MALFORMED, refusal(ONE_OF_TWO, HERE, patch(), artifact(layer, payload)));
        byte[] bundle = Bundle.write(payload, ALICE.sign(Bundle.signedBytes(payload)), "x");
        assertEquals(Reason.MALFORMED, refusal(ONE_OF_TWO, HERE, patch(), Golden.bundle(bundle)));
    }

    @Test
    void cannotBeMadeWithAThresholdOutOfReach() {
        List<TrustedKey> sameTwice = List.of(ALICE.publicKey(), ALICE.publicKey());
        assertThrows(IllegalArgumentException.class, () -> new Verifier(sameTwice, 2));
        assertThrows(IllegalArgumentException.class, () -> new Verifier(sameTwice, 0));
        assertThrows(IllegalArgumentException.class, () -> new Verifier(List.of(), 1));
    }

    @Test
    void damagedSignatureManifestsAreRefusedAndNothingElseHappens() {
        SignatureArtifact good = simple(ALICE, HERE);
        for (byte[] mutant : Mutations.of(good.manifest(), 3000, 7)) {
            verifyOrRefuse(new SignatureArtifact(mutant, good.blobs()));
        }
    }

    @Test
    void damagedPayloadsAreRefusedEvenWhenSignedByATrustedKey() {
        for (byte[] mutant :
                Mutations.of(SimpleSigning.write(new Claim(HERE, Digest.of(patch())), "t", TIME), 3000, 8)) {
            claimOrRefuse(Candidate.Form.SIMPLE_SIGNING, mutant);
        }
        for (byte[] mutant : Mutations.of(Statement.write(new Claim(HERE, Digest.of(patch()))), 3000, 9)) {
            claimOrRefuse(Candidate.Form.BUNDLE, mutant);
        }
    }

    @Test
    void damagedBundlesAreRefusedAndNothingElseHappens() {
        byte[] statement = Statement.write(new Claim(HERE, Digest.of(patch())));
        byte[] good = Bundle.write(
                statement,
                ALICE.sign(Bundle.signedBytes(statement)),
                ALICE.publicKey().id());
        for (byte[] mutant : Mutations.of(good, 3000, 10)) {
            verifyOrRefuse(Golden.bundle(mutant));
        }
    }

    private static void verifyOrRefuse(SignatureArtifact artifact) {
        try {
            ONE_OF_TWO.verify(HERE, patch(), List.of(artifact));
        } catch (VerificationException expected) {
            assertTrue(expected.getMessage() != null && expected.getMessage().length() < 700);
        }
    }

    /** What a damaged payload still claims can only be what was claimed, or something else that is well-formed. */
    private static void claimOrRefuse(Candidate.Form form, byte[] payload) {
        try {
            Claim claim = new Candidate(form, payload, payload, new byte[0], Optional.empty()).claim();
            assertTrue(claim.repository().length() <= Claim.MAX_REPOSITORY);
        } catch (VerificationException expected) {
            assertTrue(expected.getMessage() != null && expected.getMessage().length() < 700);
        }
    }

    private static Reason refusal(Verifier verifier, String repository, byte[] patch, SignatureArtifact... signatures) {
        VerificationException refusal = assertThrows(
                VerificationException.class, () -> verifier.verify(repository, patch, List.of(signatures)));
        return refusal.reason();
    }

    private static byte[] patch() {
        return Golden.patch().bytes();
    }

    private static SignatureArtifact simple(SigningKey key, String repository) {
        try {
            return new PatchSigner(key, "t").simpleSigning(repository, Golden.patch(), TIME, Optional.empty());
        } catch (VerificationException e) {
            throw new AssertionError(e);
        }
    }

    private static SignatureArtifact bundle(SigningKey key, String repository) {
        return new PatchSigner(key, "t").bundle(repository, Golden.patch(), TIME);
    }

    private static SignatureArtifact artifact(Descriptor layer, byte[] content) {
        Manifest manifest = Manifest.create(
                Optional.empty(),
                Descriptor.of(MediaTypes.OCI_CONFIG, new byte[0]),
                List.of(layer),
                Optional.empty(),
                Map.of());
        return new SignatureArtifact(manifest.bytes(), Map.of(layer.digest(), content));
    }

    private static Verifier verifier(int threshold) {
        return new Verifier(List.of(ALICE.publicKey(), BOB.publicKey()), threshold);
    }

    private static byte[] replaced(byte[] text, String from, String to) {
        String before = new String(text, StandardCharsets.UTF_8);
        assertTrue(before.contains(from), before);
        return before.replace(from, to).getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
