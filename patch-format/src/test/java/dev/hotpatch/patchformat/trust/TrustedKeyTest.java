package dev.hotpatch.patchformat.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotpatch.patchformat.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedKeyTest {
    private static final String RSA_1024 = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDr6z8aTVKbSU/eUXcUpycxcsXW"
            + "ebpwo+2j2KblEgKVvWhC2FNVbUZxgm4UPOHcar1owaGKYspdmKTt+/5n47u/LaPa"
            + "xytOHHMqYXYn/+zJ+8ywHQnyFw9WAKAav1Fg70W2k6sBpBPQcgqwcugB47ac/8gV"
            + "jELb63ok8Axm50rvTQIDAQAB";
    private static final String SECP256K1 = "MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEx4JHrQNYlcz/O+m9qy2x6lcuLmXM6UWR"
            + "lYus2dUsG4Au3AsNq1JxDRxUQF/k24vZk9GQ07flFZX0eYw6OOJ+tA==";
    private static final String P256_OFF_THE_CURVE = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQ==";

    @ParameterizedTest
    @ValueSource(strings = {"cosign-2.pub", "p384.pub", "rsa.pub", "ed.pub"})
    void everyKindReadsBack(String name) throws KeyFileException {
        TrustedKey key = Golden.key(name);
        assertEquals(key, TrustedKey.parse(key.toPem()));
        assertArrayEquals(Golden.bytes(name), key.toPem());
    }

    @Test
    void theIdIsTheHintThatCosignWrites() throws VerificationException {
        Candidate bundle = Bundle.read(Golden.bytes("cosign-3.bundle.json"));
        assertEquals(bundle.hint().orElseThrow(), Golden.key("cosign-3.pub").id());
    }

    @ParameterizedTest
    @ValueSource(strings = {RSA_1024, SECP256K1, P256_OFF_THE_CURVE})
    void refusesWeakOddAndInvalidKeys(String spki) {
        assertThrows(
                KeyFileException.class,
                () -> TrustedKey.fromSpki(Base64.getDecoder().decode(spki)));
    }

    @Test
    void refusesSeveralKeysWhereOneIsMeant() {
        String pem = new String(Golden.bytes("ed.pub"), StandardCharsets.US_ASCII);
        byte[] twice = (pem + pem).getBytes(StandardCharsets.US_ASCII);
        assertThrows(KeyFileException.class, () -> TrustedKey.parse(twice));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cosign-2.pub", "p384.pub", "rsa.pub", "ed.pub"})
    void damagedKeysAreRefusedAndNothingElseHappens(String name) throws KeyFileException {
        byte[] message = {1, 2, 3};
        for (byte[] spki : Mutations.of(Pem.parse(Golden.bytes(name)).get(0).content(), 1500, 5)) {
            try {
                assertFalse(TrustedKey.fromSpki(spki).verifies(message, new byte[64]));
            } catch (KeyFileException expected) {
                assertFalse(String.valueOf(expected.getMessage()).isEmpty());
            }
        }
    }

    @Test
    void damagedSignaturesAreSimplyFalse() throws Exception {
        byte[] payload = Golden.bytes("cosign-2.payload.json");
        for (var layer : dev.hotpatch.patchformat.oci.Manifest.parse(Golden.bytes("cosign-2.sig.json"))
                .layers()) {
            byte[] good = Base64.getDecoder().decode(layer.annotations().get(SimpleSigning.SIGNATURE));
            for (String name : new String[] {"cosign-2.pub", "p384.pub", "rsa.pub", "ed.pub"}) {
                TrustedKey key = Golden.key(name);
                for (byte[] mutant : Mutations.of(good, 60, 6)) {
                    assertFalse(key.verifies(payload, mutant) && !java.util.Arrays.equals(good, mutant));
                }
            }
        }
    }
}
