package dev.hotpatch.patchformat.trust;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.json.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.crypto.generators.SCrypt;

/** A private key locked with a password, as cosign keeps it: JSON that names scrypt (RFC 7914) and NaCl's secretbox. */
final class EncryptedKey {
    /** The label of cosign's PEM block since 2.0. */
    static final String LABEL = "ENCRYPTED SIGSTORE PRIVATE KEY";

    static final String OLD_LABEL = "ENCRYPTED COSIGN PRIVATE KEY";

    private static final String WHAT = "encrypted key";
    private static final int COST = 1 << 16;
    private static final int BLOCK = 8;
    private static final int PARALLEL = 1;
    private static final int SALT_BYTES = 32;
    private static final int MAX_COST = 1 << 18;
    private static final int MAX_BLOCK = 16;
    private static final int MAX_PARALLEL = 4;
    // scrypt needs 128·N·r bytes; the parameters come from the file.
    private static final long MAX_MEMORY = 256L << 20;
    private static final int MAX_SALT = 64;
    private static final int MAX_TEXT = 32 * 1024;

    private EncryptedKey() {}

    /** Locks a PKCS#8 key; the password is overwritten. */
    static byte[] lock(byte[] pkcs8, char[] password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        byte[] nonce = new byte[SecretBox.NONCE_BYTES];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        byte[] key = derive(password, salt, COST, BLOCK, PARALLEL);
        byte[] box = SecretBox.seal(pkcs8, key, nonce);
        Arrays.fill(key, (byte) 0);

        Map<String, Object> params = new LinkedHashMap<>();
        params.put("N", COST);
        params.put("r", BLOCK);
        params.put("p", PARALLEL);
        Map<String, Object> kdf = new LinkedHashMap<>();
        kdf.put("name", "scrypt");
        kdf.put("params", params);
        kdf.put("salt", base64(salt));
        Map<String, Object> cipher = new LinkedHashMap<>();
        cipher.put("name", "nacl/secretbox");
        cipher.put("nonce", base64(nonce));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kdf", kdf);
        json.put("cipher", cipher);
        json.put("ciphertext", base64(box));
        return JsonWriter.compact(json);
    }

    /** The PKCS#8 key inside; the password is overwritten. */
    static byte[] unlock(byte[] content, char[] password) throws KeyFileException {
        try {
            JsonObject json = JsonObject.parse(content, WHAT);
            json.onlyFields(Set.of("kdf", "cipher", "ciphertext"));
            JsonObject kdf = json.object("kdf");
            JsonObject cipher = json.object("cipher");
            expect(kdf, "scrypt");
            expect(cipher, "nacl/secretbox");
            JsonObject params = kdf.object("params");
            int cost = (int) params.number("N", 2, MAX_COST);
            int block = (int) params.number("r", 1, MAX_BLOCK);
            int parallel = (int) params.number("p", 1, MAX_PARALLEL);
            // RFC 7914: N is a power of two, and less than 2^(128·r/8).
            if (Integer.bitCount(cost) != 1
                    || 128L * cost * block > MAX_MEMORY
                    || cost >= 1L << Math.min(62, 16 * block)) {
                throw new KeyFileException(WHAT + ": scrypt with N=" + cost + ", r=" + block
                        + " is refused; N must be a power of two and 128·N·r at most " + MAX_MEMORY + " bytes");
            }
            byte[] salt = bytes(kdf, "salt", 1, MAX_SALT);
            byte[] nonce = bytes(cipher, "nonce", SecretBox.NONCE_BYTES, SecretBox.NONCE_BYTES);
            byte[] box = bytes(json, "ciphertext", SecretBox.TAG_BYTES, MAX_TEXT);
            byte[] key = derive(password, salt, cost, block, parallel);
            try {
                return SecretBox.open(box, key, nonce)
                        .orElseThrow(() -> new KeyFileException(WHAT + ": wrong password, or the file is damaged"));
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        } catch (JsonException e) {
            throw new KeyFileException(String.valueOf(e.getMessage()), e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static byte[] derive(char[] password, byte[] salt, int cost, int block, int parallel) {
        // By hand, as a String could not be wiped.
        byte[] room = new byte[3 * password.length];
        ByteBuffer utf8 = ByteBuffer.wrap(room);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(password), utf8, true);
        byte[] bytes = Arrays.copyOf(room, utf8.position());
        try {
            return SCrypt.generate(bytes, salt, cost, block, parallel, SecretBox.KEY_BYTES);
        } finally {
            Arrays.fill(room, (byte) 0);
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(password, '\0');
        }
    }

    private static void expect(JsonObject object, String name) throws JsonException, KeyFileException {
        String found = object.string("name", 64);
        if (!found.equals(name)) {
            throw new KeyFileException(WHAT + ": expected " + name + ", found " + found);
        }
    }

    private static byte[] bytes(JsonObject object, String field, int min, int max)
            throws JsonException, KeyFileException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(object.string(field, 2 * MAX_TEXT));
        } catch (IllegalArgumentException e) {
            throw new KeyFileException(WHAT + "." + field + ": not Base64: " + e.getMessage(), e);
        }
        if (bytes.length < min || bytes.length > max) {
            throw new KeyFileException(
                    WHAT + "." + field + ": " + bytes.length + " bytes, expected " + min + ".." + max);
        }
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
