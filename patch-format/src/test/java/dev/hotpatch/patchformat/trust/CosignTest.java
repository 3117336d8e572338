package dev.hotpatch.patchformat.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotpatch.patchformat.trust.VerificationException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real cosign wrote is read; the other direction is shown by the system tests. */
final class CosignTest {
    @ParameterizedTest
    @ValueSource(strings = {"cosign-2", "cosign-3"})
    void readsEncryptedKeysThatCosignWrote(String name) throws IOException {
        SigningKey key = SigningKey.parse(Golden.bytes(name + ".key"), "pw"::toCharArray);
        assertEquals(Golden.key(name + ".pub"), key.publicKey());
        assertArrayEquals(Golden.bytes(name + ".pub"), key.publicKey().toPem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cosign-2.pub", "p384.pub", "rsa.pub", "ed.pub"})
    void verifiesSignaturesOfCosign2WithEveryKindOfKey(String key) throws VerificationException {
        TrustedKey trusted = Golden.key(key);
        VerifiedPatch verified = new Verifier(List.of(trusted), 1)
                .verify(Golden.REPOSITORY, Golden.patch().bytes(), List.of(Golden.cosign2()));
        assertEquals(Set.of(trusted.id()), verified.keyIds());
    }

    @ParameterizedTest
    @CsvSource({"cosign-3.pub, cosign-3", "p384.pub, cosign-3-p384", "rsa.pub, cosign-3-rsa", "ed.pub, cosign-3-ed"})
    void verifiesBundlesOfCosign3WithEveryKindOfKey(String key, String bundle) throws VerificationException {
        TrustedKey trusted = Golden.key(key);
        VerifiedPatch verified = new Verifier(List.of(trusted), 1)
                .verify(
                        Golden.REPOSITORY,
                        Golden.patch().bytes(),
                        List.of(Golden.bundle(Golden.bytes(bundle + ".bundle.json"))));
        assertEquals(Set.of(trusted.id()), verified.keyIds());
    }

    @Test
    void refusesABundleThatNamesNoRepository() {
        Verifier verifier = new Verifier(List.of(Golden.key("cosign-3.pub")), 1);
        byte[] bundle = Golden.bytes("cosign-3-no-repository.bundle.json");
        VerificationException refusal = assertThrows(
                VerificationException.class,
                () -> verifier.verify(Golden.REPOSITORY, Golden.patch().bytes(), List.of(Golden.bundle(bundle))));
        assertEquals(Reason.WRONG_REPOSITORY, refusal.reason());
    }
}
