package dev.hotpatch.patchformat.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.trust.VerificationException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VerifierTest {
    @Test
    void provesBothForms() throws VerificationException {
        for (SignatureArtifact form :
                List.of(Cases.simple(Cases.ALICE, Cases.HERE), Cases.bundle(Cases.ALICE, Cases.HERE))) {
            VerifiedPatch verified = Cases.ONE_OF_TWO.verify(Cases.HERE, Cases.patch(), List.of(form));
            assertArrayEquals(Cases.patch(), verified.manifest().bytes());
            assertEquals(Digest.of(Cases.patch()), verified.digest());
            assertEquals(Cases.HERE, verified.repository());
            assertEquals(Set.of(Cases.ALICE.publicKey().id()), verified.keyIds());
        }
    }

    @Test
    void refusesAPatchWithoutSignature() {
        assertEquals(Reason.NO_SIGNATURE, Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, Cases.patch()));
        assertEquals("no-signature", Reason.NO_SIGNATURE.word());
    }

    @Test
    void refusesASignatureByAForeignKey() {
        assertEquals(
                Reason.WRONG_KEY,
                Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, Cases.patch(), Cases.simple(Cases.MALLORY, Cases.HERE)));
        assertEquals(
                Reason.WRONG_KEY,
                Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, Cases.patch(), Cases.bundle(Cases.MALLORY, Cases.HERE)));
    }

    @Test
    void refusesAPatchSignedForAnotherRepository() {
        assertEquals(
                Reason.WRONG_REPOSITORY,
                Cases.refusal(
                        Cases.ONE_OF_TWO,
                        Cases.HERE,
                        Cases.patch(),
                        Cases.simple(Cases.ALICE, "reg.example/ns/other")));
        assertEquals(
                Reason.WRONG_REPOSITORY,
                Cases.refusal(
                        Cases.ONE_OF_TWO,
                        Cases.HERE,
                        Cases.patch(),
                        Cases.bundle(Cases.ALICE, "reg.example:1/ns/app")));
    }

    @Test
    void refusesSignaturesOfAnotherPatch() {
        byte[] altered = new String(Cases.patch(), StandardCharsets.UTF_8)
                .replace("1970", "1971")
                .getBytes(StandardCharsets.UTF_8);
        assertEquals(
                Reason.WRONG_DIGEST,
                Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, altered, Cases.simple(Cases.ALICE, Cases.HERE)));
        assertEquals(
                Reason.WRONG_DIGEST,
                Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, altered, Cases.bundle(Cases.ALICE, Cases.HERE)));
    }

    @Test
    void refusesSomethingSignedThatIsNoPatch() throws VerificationException {
        Manifest image = Manifest.create(
                Optional.empty(),
                Descriptor.of(MediaTypes.OCI_CONFIG, new byte[] {1}),
                List.of(),
                Optional.empty(),
                Map.of());
        SignatureArtifact signature = new PatchSigner(Cases.ALICE, "t").bundle(Cases.HERE, image);
        assertEquals(Reason.WRONG_TYPE, Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, image.bytes(), signature));
    }

    @Test
    void refusesPayloadsThatWereAltered() throws JsonException {
        SignatureArtifact good = Cases.simple(Cases.ALICE, Cases.HERE);
        Descriptor layer = Manifest.parse(good.manifest()).layers().get(0);
        byte[] other = SimpleSigning.write(new Claim(Cases.HERE, Digest.of(new byte[0])), "t", Cases.TIME);

        SignatureArtifact swapped = new SignatureArtifact(good.manifest(), Map.of(layer.digest(), other));
        assertEquals(Reason.TAMPERED, Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, Cases.patch(), swapped));

        Descriptor changed = Descriptor.of(MediaTypes.SIMPLE_SIGNING, other).withAnnotations(layer.annotations());
        assertEquals(
                Reason.TAMPERED,
                Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, Cases.patch(), Cases.artifact(changed, other)));
    }

    @Test
    void refusesAManifestWhosePayloadIsMissing() {
        SignatureArtifact cut =
                new SignatureArtifact(Cases.simple(Cases.ALICE, Cases.HERE).manifest(), Map.of());
        assertEquals(Reason.MALFORMED, Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, Cases.patch(), cut));
    }

    @Test
    void countsEachKeyOnce() throws VerificationException {
        SignatureArtifact[] alice = {
            Cases.simple(Cases.ALICE, Cases.HERE),
            Cases.bundle(Cases.ALICE, Cases.HERE),
            Cases.bundle(Cases.ALICE, Cases.HERE),
            Cases.simple(Cases.MALLORY, Cases.HERE)
        };
        assertEquals(Reason.THRESHOLD, Cases.refusal(Cases.TWO_OF_TWO, Cases.HERE, Cases.patch(), alice));
        VerifiedPatch verified = Cases.TWO_OF_TWO.verify(
                Cases.HERE,
                Cases.patch(),
                List.of(
                        Cases.simple(Cases.ALICE, Cases.HERE),
                        Cases.bundle(Cases.BOB, Cases.HERE),
                        Cases.bundle(Cases.ALICE, Cases.HERE)));
        assertEquals(2, verified.keyIds().size());
    }

    @Test
    void aBadSignatureDoesNotSpoilAGoodOneAndOrderDoesNotMatter() throws VerificationException {
        List<SignatureArtifact> all = new ArrayList<>(List.of(
                new SignatureArtifact(new byte[] {'{'}, Map.of()),
                Cases.bundle(Cases.MALLORY, Cases.HERE),
                Cases.simple(Cases.BOB, "reg.example/ns/other"),
                Cases.simple(Cases.ALICE, Cases.HERE)));
        Set<String> messages = new java.util.HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(all, new Random(seed));
            assertEquals(
                    Set.of(Cases.ALICE.publicKey().id()),
                    Cases.ONE_OF_TWO.verify(Cases.HERE, Cases.patch(), all).keyIds());
            messages.add(String.valueOf(assertThrows(
                            VerificationException.class, () -> Cases.TWO_OF_TWO.verify(Cases.HERE, Cases.patch(), all))
                    .getMessage()));
        }
        assertEquals(1, messages.size(), messages.toString());
    }

    @Test
    void refusesMoreSignaturesThanAreRead() {
        SignatureArtifact[] many = Collections.nCopies(
                        Verifier.MAX_SIGNATURES + 1, Cases.simple(Cases.ALICE, Cases.HERE))
                .toArray(SignatureArtifact[]::new);
        assertEquals(Reason.MALFORMED, Cases.refusal(Cases.ONE_OF_TWO, Cases.HERE, Cases.patch(), many));
    }

    @Test
    void cannotBeMadeWithAThresholdOutOfReach() {
        List<TrustedKey> sameTwice = List.of(Cases.ALICE.publicKey(), Cases.ALICE.publicKey());
        assertThrows(IllegalArgumentException.class, () -> new Verifier(sameTwice, 2));
        assertThrows(IllegalArgumentException.class, () -> new Verifier(sameTwice, 0));
        assertThrows(IllegalArgumentException.class, () -> new Verifier(List.of(), 1));
    }
}
