package dev.hotpatch.patchformat.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.Mutations;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.trust.VerificationException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that is signed, but not exactly as the format says, is refused; damage leads to nothing but a refusal. */
final class StrictnessTest {
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
        byte[] payload = replaced(
                SimpleSigning.write(new Claim(Cases.HERE, Digest.of(Cases.patch())), "t", Cases.TIME), from, to);
        Descriptor layer = Descriptor.of(MediaTypes.SIMPLE_SIGNING, payload)
                .withAnnotations(Map.of(SimpleSigning.SIGNATURE, base64(Cases.ALICE.sign(payload))));
        assertEquals(
                reason, Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, Cases.patch(), Cases.artifact(layer, payload)));
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
        byte[] statement = replaced(Statement.write(new Claim(Cases.HERE, Digest.of(Cases.patch()))), from, to);
        byte[] bundle = Bundle.write(
                statement,
                Cases.ALICE.sign(Bundle.signedBytes(statement)),
                Cases.ALICE.publicKey().id());
        assertEquals(reason, Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, Cases.patch(), Golden.bundle(bundle)));
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
        byte[] statement = Statement.write(new Claim(Cases.HERE, Digest.of(Cases.patch())));
        byte[] bundle = Bundle.write(
                statement,
                Cases.ALICE.sign(Bundle.signedBytes(statement)),
                Cases.ALICE.publicKey().id());
        assertEquals(
                reason,
                Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, Cases.patch(), Golden.bundle(replaced(bundle, from, to))));
    }

    @Test
    void refusesPayloadsLargerThanTheBound() {
        byte[] payload = new byte[Candidate.MAX_PAYLOAD + 1];
        Descriptor layer = Descriptor.of(MediaTypes.SIMPLE_SIGNING, payload);
        assertEquals(
                Reason.MALFORMED,
                Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, Cases.patch(), Cases.artifact(layer, payload)));
        byte[] bundle = Bundle.write(payload, Cases.ALICE.sign(Bundle.signedBytes(payload)), "x");
        assertEquals(
                Reason.MALFORMED, Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, Cases.patch(), Golden.bundle(bundle)));
    }

    @Test
    void damagedSignatureManifestsAreRefusedAndNothingElseHappens() {
        SignatureArtifact good = Cases.simple(Cases.ALICE, Cases.HERE);
        for (byte[] mutant : Mutations.of(good.manifest(), 800, 7)) {
            verifyOrRefuse(new SignatureArtifact(mutant, good.blobs()));
        }
    }

    @Test
    void damagedPayloadsAreRefusedEvenWhenSignedByATrustedKey() {
        for (byte[] mutant : Mutations.of(
                SimpleSigning.write(new Claim(Cases.HERE, Digest.of(Cases.patch())), "t", Cases.TIME), 3000, 8)) {
            claimOrRefuse(Candidate.Form.SIMPLE_SIGNING, mutant);
        }
        for (byte[] mutant : Mutations.of(Statement.write(new Claim(Cases.HERE, Digest.of(Cases.patch()))), 3000, 9)) {
            claimOrRefuse(Candidate.Form.BUNDLE, mutant);
        }
    }

    @Test
    void damagedBundlesAreRefusedAndNothingElseHappens() {
        byte[] statement = Statement.write(new Claim(Cases.HERE, Digest.of(Cases.patch())));
        byte[] good = Bundle.write(
                statement,
                Cases.ALICE.sign(Bundle.signedBytes(statement)),
                Cases.ALICE.publicKey().id());
        for (byte[] mutant : Mutations.of(good, 800, 10)) {
            verifyOrRefuse(Golden.bundle(mutant));
        }
    }

    private static void verifyOrRefuse(SignatureArtifact artifact) {
        try {
            Cases.ONE_OF_TWO.verify(Cases.HERE, Cases.patch(), List.of(artifact));
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

    private static byte[] replaced(byte[] text, String from, String to) {
        String before = new String(text, StandardCharsets.UTF_8);
        assertTrue(before.contains(from), before);
        return before.replace(from, to).getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
