package dev.hotpatch.patchformat.trust;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** NaCl's secretbox, XSalsa20 with Poly1305: the 16-byte tag, then the cipher text (nacl.cr.yp.to/secretbox.html). */
final class SecretBox {
    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 24;
    static final int TAG_BYTES = 16;

    private SecretBox() {}

    static byte[] seal(byte[] message, byte[] key, byte[] nonce) {
        XSalsa20Engine cipher = new XSalsa20Engine();
        byte[] macKey = start(cipher, key, nonce);
        byte[] box = new byte[TAG_BYTES + message.length];
        cipher.processBytes(message, 0, message.length, box, TAG_BYTES);
        byte[] tag = tag(macKey, box);
        System.arraycopy(tag, 0, box, 0, TAG_BYTES);
        return box;
    }

    /** The message, or empty if the key is another one or the box was altered. */
    static Optional<byte[]> open(byte[] box, byte[] key, byte[] nonce) {
        if (box.length < TAG_BYTES) {
            return Optional.empty();
        }
        XSalsa20Engine cipher = new XSalsa20Engine();
        byte[] macKey = start(cipher, key, nonce);
        if (!MessageDigest.isEqual(tag(macKey, box), Arrays.copyOf(box, TAG_BYTES))) {
            return Optional.empty();
        }
        byte[] message = new byte[box.length - TAG_BYTES];
        cipher.processBytes(box, TAG_BYTES, message.length, message, 0);
        return Optional.of(message);
    }

    /** The first 32 bytes of the key stream are the key of the tag; the message is combined with what follows. */
    private static byte[] start(XSalsa20Engine cipher, byte[] key, byte[] nonce) {
        cipher.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
        byte[] macKey = new byte[KEY_BYTES];
        cipher.processBytes(macKey, 0, KEY_BYTES, macKey, 0);
        return macKey;
    }

    private static byte[] tag(byte[] macKey, byte[] box) {
        Poly1305 mac = new Poly1305();
        mac.init(new KeyParameter(macKey));
        mac.update(box, TAG_BYTES, box.length - TAG_BYTES);
        byte[] tag = new byte[TAG_BYTES];
        mac.doFinal(tag, 0);
        Arrays.fill(macKey, (byte) 0);
        return tag;
    }
}
