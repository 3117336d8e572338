package dev.hotpatch.patchformat.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.hotpatch.patchformat.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SigningKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Written by openssl: parameters first, then SEC 1; and the same key as PKCS#8. */
    private static final String OPENSSL_SEC1 = """
            -----BEGIN EC PARAMETERS-----
            BggqhkjOPQMBBw==
            -----END EC PARAMETERS-----
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEIFyp2PJj6Wyi+qNDCeTTJpLB4OLCTWC1dc2LG7Gp4N2voAoGCCqGSM49
            AwEHoUQDQgAEISFR+6wjOFpP6ofnfpwTXd8DagCggHtvmX1ECZCkO++TL5IchRF5
            /Pu93oIUPCGShvp0okiOxy4U9eGVQAuYrw==
            -----END EC PRIVATE KEY-----
            """;

    private static final String OPENSSL_PKCS8 = """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXKnY8mPpbKL6o0MJ
            5NMmksHg4sJNYLV1zYsbsang3a+hRANCAAQhIVH7rCM4Wk/qh+d+nBNd3wNqAKCA
            e2+ZfUQJkKQ775MvkhyFEXn8+73eghQ8IZKG+nSiSI7HLhT14ZVAC5iv
            -----END PRIVATE KEY-----
            """;

    @ParameterizedTest
    @CsvSource({
        "sample, EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716,"
                + "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
        "test, F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367,"
                + "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083"
    })
    void signsAsTheExamplesOfRfc6979(String message, String r, String s) {
        byte[] text = message.getBytes(StandardCharsets.US_ASCII);
        byte[] signature = Golden.RFC_KEY.sign(text);
        assertEquals(der(r, s), HexFormat.of().formatHex(signature));
        assertTrue(Golden.RFC_KEY.publicKey().verifies(text, signature));
        assertFalse(Golden.RFC_KEY.publicKey().verifies("other".getBytes(StandardCharsets.US_ASCII), signature));
    }

    @Test
    void readsBothFormsThatOpensslWrites() throws IOException {
        SigningKey sec1 = SigningKey.parse(ascii(OPENSSL_SEC1), SigningKeyTest::notAsked);
        SigningKey pkcs8 = SigningKey.parse(ascii(OPENSSL_PKCS8), SigningKeyTest::notAsked);
        assertEquals(sec1.publicKey(), pkcs8.publicKey());
        assertArrayEquals(ascii(OPENSSL_PKCS8), pkcs8.toPem());
    }

    @Test
    void everyGeneratedKeyIsAnotherAndReadsBack() throws IOException {
        SigningKey one = SigningKey.generate(RANDOM);
        SigningKey two = SigningKey.generate(RANDOM);
        assertFalse(one.publicKey().equals(two.publicKey()));
        assertEquals(
                one.publicKey(),
                SigningKey.parse(one.toPem(), SigningKeyTest::notAsked).publicKey());
        assertEquals(one.publicKey(), TrustedKey.parse(one.publicKey().toPem()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pw", "pässwörd €", "𝄞"})
    void readsBackWhatItEncryptsAndWipesThePassword(String password) throws IOException {
        SigningKey key = SigningKey.generate(RANDOM);
        char[] toLock = password.toCharArray();
        byte[] pem = key.toEncryptedPem(toLock, RANDOM);
        assertArrayEquals(new char[toLock.length], toLock);
        assertTrue(new String(pem, StandardCharsets.US_ASCII)
                .startsWith("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n"));

        char[] toUnlock = password.toCharArray();
        assertEquals(key.publicKey(), SigningKey.parse(pem, () -> toUnlock).publicKey());
        assertArrayEquals(new char[toUnlock.length], toUnlock);
    }

    @Test
    void readsTheOldLabelOfCosign() throws IOException {
        String pem = new String(Golden.bytes("cosign-2.key"), StandardCharsets.US_ASCII).replace("SIGSTORE", "COSIGN");
        assertEquals(
                Golden.key("cosign-2.pub"),
                SigningKey.parse(ascii(pem), "pw"::toCharArray).publicKey());
    }

    @Test
    void aWrongPasswordIsSaidToBeOne() {
        char[] wrong = "pW".toCharArray();
        KeyFileException refusal =
                assertThrows(KeyFileException.class, () -> SigningKey.parse(Golden.bytes("cosign-2.key"), () -> wrong));
        assertTrue(String.valueOf(refusal.getMessage()).contains("wrong password"), refusal.getMessage());
        assertArrayEquals(new char[2], wrong);
    }

    @ParameterizedTest
    @CsvSource({
        "1073741824, 8, 1",
        "524288, 8, 1",
        "65535, 8, 1",
        "1, 8, 1",
        "65536, 0, 1",
        "65536, 17, 1",
        "262144, 16, 1",
        "65536, 8, 5",
        "65536, 8, 0",
        "65536, 1, 1",
        "-65536, 8, 1"
    })
    void refusesScryptParametersThatExhaustTheMachine(long cost, long block, long parallel) {
        String json =
                "{\"kdf\":{\"name\":\"scrypt\",\"params\":{\"N\":" + cost + ",\"r\":" + block + ",\"p\":" + parallel
                        + "},\"salt\":\"AAAA\"},\"cipher\":{\"name\":\"nacl/secretbox\",\"nonce\":\""
                        + "A".repeat(32) + "\"},\"ciphertext\":\"" + "A".repeat(64) + "\"}";
        byte[] pem = new Pem(EncryptedKey.LABEL, ascii(json)).encode();
        KeyFileException refusal = assertThrows(KeyFileException.class, () -> SigningKey.parse(pem, "pw"::toCharArray));
        assertFalse(String.valueOf(refusal.getMessage()).contains("password"), refusal.getMessage());
    }

    @Test
    void refusesZeroAndNumbersBeyondTheCurve() {
        for (String d : new String[] {"00".repeat(32), "FF".repeat(32)}) {
            byte[] sec1 = HexFormat.of().parseHex("30310201010420" + d + "a00a06082a8648ce3d030107");
            byte[] pem = new Pem(SigningKey.SEC1_LABEL, sec1).encode();
            assertThrows(KeyFileException.class, () -> SigningKey.parse(pem, SigningKeyTest::notAsked));
        }
    }

    @Test
    void refusesAPublicKeyWhereAPrivateOneBelongs() {
        KeyFileException refusal = assertThrows(
                KeyFileException.class, () -> SigningKey.parse(Golden.bytes("cosign-2.pub"), SigningKeyTest::notAsked));
        assertTrue(String.valueOf(refusal.getMessage()).contains("found PUBLIC KEY"), refusal.getMessage());
    }

    @Test
    void neverPrintsItsSecret() {
        assertEquals("SigningKey[" + Golden.RFC_KEY.publicKey().id() + "]", Golden.RFC_KEY.toString());
        assertEquals("Pem[PRIVATE KEY]", new Pem("PRIVATE KEY", new byte[] {1}).toString());
    }

    @Test
    void damagedKeyFilesAreRefusedAndNothingElseHappens() {
        for (byte[] mutant : Mutations.of(ascii(OPENSSL_SEC1), 2000, 1)) {
            readOrRefuse(mutant);
        }
        for (byte[] mutant : Mutations.of(ascii(OPENSSL_PKCS8), 2000, 2)) {
            readOrRefuse(mutant);
        }
        byte[] pkcs8 = pemContent(ascii(OPENSSL_PKCS8));
        for (byte[] mutant : Mutations.of(pkcs8, 3000, 3)) {
            readOrRefuse(new Pem(SigningKey.LABEL, mutant).encode());
        }
    }

    @Test
    void damagedEncryptedKeysAreRefusedAndNothingElseHappens() {
        // Cheap parameters, as most mutants are still unlocked in vain.
        String json =
                "{\"kdf\":{\"name\":\"scrypt\",\"params\":{\"N\":2,\"r\":1,\"p\":1},\"salt\":\"AAAA\"},\"cipher\":"
                        + "{\"name\":\"nacl/secretbox\",\"nonce\":\"" + "A".repeat(32) + "\"},\"ciphertext\":\""
                        + "A".repeat(64) + "\"}";
        for (byte[] mutant : Mutations.of(ascii(json), 3000, 4)) {
            readOrRefuse(new Pem(EncryptedKey.LABEL, mutant).encode());
        }
    }

    private static void readOrRefuse(byte[] pem) {
        try {
            SigningKey.parse(pem, "pw"::toCharArray);
        } catch (KeyFileException expected) {
            assertFalse(String.valueOf(expected.getMessage()).isEmpty());
        }
    }

    private static char[] notAsked() {
        return fail("no password is needed");
    }

    private static byte[] pemContent(byte[] pem) {
        try {
            return Pem.parse(pem).get(0).content();
        } catch (KeyFileException e) {
            throw new AssertionError(e);
        }
    }

    private static String der(String r, String s) {
        String body = integer(r) + integer(s);
        return ("30" + String.format("%02x", body.length() / 2) + body).toLowerCase(java.util.Locale.ROOT);
    }

    private static String integer(String hex) {
        byte[] bytes = new java.math.BigInteger(hex, 16).toByteArray();
        return "02" + String.format("%02x", bytes.length) + HexFormat.of().formatHex(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
