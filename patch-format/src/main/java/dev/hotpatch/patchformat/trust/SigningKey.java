package dev.hotpatch.patchformat.trust;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * A private ECDSA key on P-256 that signs patches. Signatures are deterministic (RFC 6979 with SHA-256), so that the same patch
 * signed twice gives the same bytes. Immutable; never printed.
 */
public final class SigningKey {
    static final String LABEL = "PRIVATE KEY";
    static final String SEC1_LABEL = "EC PRIVATE KEY";
    private static final String PARAMETERS_LABEL = "EC PARAMETERS";
    private static final ECNamedDomainParameters P256 = new ECNamedDomainParameters(
            SECObjectIdentifiers.secp256r1, SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));

    private final ECPrivateKeyParameters key;
    private final TrustedKey publicKey;

    private SigningKey(BigInteger d) throws KeyFileException {
        if (d.signum() <= 0 || d.compareTo(P256.getN()) >= 0) {
            throw new KeyFileException("private key: the number is outside the curve's range");
        }
        this.key = new ECPrivateKeyParameters(d, P256);
        try {
            this.publicKey = TrustedKey.fromSpki(
                    SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(new ECPublicKeyParameters(point(d), P256))
                            .getEncoded("DER"));
        } catch (KeyFileException e) {
            throw e;
        } catch (IOException e) {
            throw new KeyFileException("private key: its public key cannot be encoded", e);
        }
    }

    /** A new key. */
    public static SigningKey generate(SecureRandom random) {
        BigInteger d;
        do {
            d = new BigInteger(P256.getN().bitLength(), random);
        } while (d.signum() == 0 || d.compareTo(P256.getN()) >= 0);
        try {
            return new SigningKey(d);
        } catch (KeyFileException e) {
            throw new AssertionError("the number was drawn from the range", e);
        }
    }

    /**
     * Reads a PEM file with one private key: PKCS#8, SEC 1, or cosign's encrypted form.
     *
     * @param password asked only if the key is encrypted; the array it gives is overwritten after use
     */
    public static SigningKey parse(byte[] pem, Supplier<char[]> password) throws KeyFileException {
        List<Pem> blocks = Pem.parse(pem).stream()
                .filter(block -> !block.label().equals(PARAMETERS_LABEL))
                .toList();
        if (blocks.size() != 1) {
            throw new KeyFileException("private key: expected one PEM block, found " + blocks.size());
        }
        Pem block = blocks.get(0);
        return switch (block.label()) {
            case LABEL -> fromPkcs8(block.content());
            case SEC1_LABEL -> new SigningKey(fromSec1(block.content()));
            case EncryptedKey.LABEL, EncryptedKey.OLD_LABEL -> {
                byte[] pkcs8 = EncryptedKey.unlock(block.content(), password.get());
                try {
                    yield fromPkcs8(pkcs8);
                } finally {
                    Arrays.fill(pkcs8, (byte) 0);
                }
            }
            default ->
                throw new KeyFileException("private key: expected a PEM block " + LABEL + ", " + SEC1_LABEL + " or "
                        + EncryptedKey.LABEL + ", found " + block.label());
        };
    }

    private static SigningKey fromPkcs8(byte[] der) throws KeyFileException {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(der);
            ASN1Encodable curve = info.getPrivateKeyAlgorithm().getParameters();
            if (!info.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                    || !SECObjectIdentifiers.secp256r1.equals(curve)) {
                throw new KeyFileException(
                        "private key: patches are signed with ECDSA P-256 keys only; found algorithm "
                                + info.getPrivateKeyAlgorithm().getAlgorithm());
            }
            return new SigningKey(number(ECPrivateKey.getInstance(info.parsePrivateKey())));
        } catch (KeyFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The ASN.1 reader throws unchecked exceptions for malformed input.
            throw new KeyFileException("private key: not a valid PKCS#8 key: " + e.getMessage(), e);
        }
    }

    private static BigInteger fromSec1(byte[] der) throws KeyFileException {
        try {
            ECPrivateKey sec1 = ECPrivateKey.getInstance(der);
            if (!SECObjectIdentifiers.secp256r1.equals(sec1.getParametersObject())) {
                throw new KeyFileException("private key: patches are signed with ECDSA P-256 keys only; found curve "
                        + sec1.getParametersObject());
            }
            return number(sec1);
        } catch (KeyFileException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new KeyFileException("private key: not a valid SEC 1 key: " + e.getMessage(), e);
        }
    }

    /** The secret number; a public key that is stored with it must belong to it. */
    private static BigInteger number(ECPrivateKey sec1) throws KeyFileException {
        BigInteger d = sec1.getKey();
        if (sec1.getPublicKey() != null
                && !P256.getCurve().decodePoint(sec1.getPublicKey().getBytes()).equals(point(d))) {
            throw new KeyFileException("private key: the public key stored with it is another one");
        }
        return d;
    }

    private static ECPoint point(BigInteger d) {
        return new FixedPointCombMultiplier().multiply(P256.getG(), d).normalize();
    }

    public TrustedKey publicKey() {
        return publicKey;
    }

    /** This key as a PEM file that nothing protects. */
    public byte[] toPem() {
        return new Pem(LABEL, pkcs8()).encode();
    }

    /**
     * This key as a PEM file in cosign's encrypted form; takes 64 MiB of memory for a moment.
     *
     * @param password overwritten; may be empty, as cosign allows
     */
    public byte[] toEncryptedPem(char[] password, SecureRandom random) {
        byte[] pkcs8 = pkcs8();
        try {
            return new Pem(EncryptedKey.LABEL, EncryptedKey.lock(pkcs8, password, random)).encode();
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /** The DER form of the one signature that this key makes over {@code message}. */
    byte[] sign(byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, key);
        SHA256Digest sha256 = new SHA256Digest();
        sha256.update(message, 0, message.length);
        byte[] hash = new byte[sha256.getDigestSize()];
        sha256.doFinal(hash, 0);
        BigInteger[] rs = signer.generateSignature(hash);
        try {
            return StandardDSAEncoding.INSTANCE.encode(P256.getN(), rs[0], rs[1]);
        } catch (IOException e) {
            throw new AssertionError("two numbers always have a DER form", e);
        }
    }

    private byte[] pkcs8() {
        try {
            // As openssl and cosign write it: the public key inside, the curve outside only.
            byte[] q = point(key.getD()).getEncoded(false);
            ECPrivateKey sec1 = new ECPrivateKey(P256.getN().bitLength(), key.getD(), new DERBitString(q), null);
            AlgorithmIdentifier algorithm =
                    new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
            return new PrivateKeyInfo(algorithm, sec1).getEncoded("DER");
        } catch (IOException e) {
            throw new AssertionError("a key on a named curve always has a PKCS#8 form", e);
        }
    }

    /** Names the public key only. */
    @Override
    public String toString() {
        return "SigningKey[" + publicKey.id() + "]";
    }
}
