package dev.hotpatch.patchformat.trust;

import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A public key that may vouch for patches: ECDSA on P-256 or P-384, RSA of 2048 to 8192 bits with PKCS#1 v1.5 padding and SHA-256,
 * or Ed25519. Immutable; two are equal if they are the same key.
 */
public final class TrustedKey {
    static final String LABEL = "PUBLIC KEY";

    // RFC 8410.
    private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

    /** RFC 8032's variant that hashes first, which the JDK has no name for: cosign uses it in bundles. */
    private static final String ED25519PH = "Ed25519ph";

    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;

    private final PublicKey key;
    private final byte[] spki;
    private final List<String> algorithms;
    private final String id;

    private TrustedKey(PublicKey key, byte[] spki, List<String> algorithms) {
        this.key = key;
        this.spki = spki;
        this.algorithms = algorithms;
        this.id = Base64.getEncoder().encodeToString(Digest.sha256().digest(spki));
    }

    /** The keys of a PEM file with one or more {@code PUBLIC KEY} blocks and no others. */
    public static List<TrustedKey> parseAll(byte[] pem) throws KeyFileException {
        List<TrustedKey> keys = new ArrayList<>();
        for (Pem block : Pem.parse(pem)) {
            if (!block.label().equals(LABEL)) {
                throw new KeyFileException("public key: expected a PEM block " + LABEL + ", found " + block.label());
            }
            keys.add(fromSpki(block.content()));
        }
        return List.copyOf(keys);
    }

    /** The key of a PEM file that holds exactly one. */
    public static TrustedKey parse(byte[] pem) throws KeyFileException {
        List<TrustedKey> keys = parseAll(pem);
        if (keys.size() != 1) {
            throw new KeyFileException("public key: expected one key in the file, found " + keys.size());
        }
        return keys.get(0);
    }

    /** Reads a SubjectPublicKeyInfo (RFC 5280); only its one DER form, so that a key has one id. */
    static TrustedKey fromSpki(byte[] spki) throws KeyFileException {
        try {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(spki);
            if (!Arrays.equals(info.getEncoded("DER"), spki)) {
                throw new KeyFileException("public key: not in DER form");
            }
            ASN1ObjectIdentifier algorithm = info.getAlgorithm().getAlgorithm();
            X509EncodedKeySpec spec = new X509EncodedKeySpec(spki);
            if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
                return new TrustedKey(
                        KeyFactory.getInstance("EC").generatePublic(spec), spki.clone(), ecAlgorithms(info));
            }
            if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
                return new TrustedKey(rsa(spec), spki.clone(), List.of("SHA256withRSA"));
            }
            if (algorithm.equals(ED25519)) {
                return new TrustedKey(
                        KeyFactory.getInstance("Ed25519").generatePublic(spec),
                        spki.clone(),
                        List.of("Ed25519", ED25519PH));
            }
            throw new KeyFileException(
                    "public key: algorithm " + algorithm + " is not read; use ECDSA P-256 or P-384, RSA or Ed25519");
        } catch (KeyFileException e) {
            throw e;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Both libraries throw unchecked exceptions for some malformed keys.
            throw new KeyFileException("public key: not a valid SubjectPublicKeyInfo: " + e.getMessage(), e);
        }
    }

    /** For P-384 cosign hashes with SHA-256 in the first form and with SHA-384 in bundles. */
    private static List<String> ecAlgorithms(SubjectPublicKeyInfo info) throws KeyFileException {
        Object curve = info.getAlgorithm().getParameters();
        byte[] point = info.getPublicKeyData().getBytes();
        if (SECObjectIdentifiers.secp256r1.equals(curve)) {
            // The JDK does not look whether the point lies on the curve.
            SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1).getCurve().decodePoint(point);
            return List.of("SHA256withECDSA");
        }
        if (SECObjectIdentifiers.secp384r1.equals(curve)) {
            SECNamedCurves.getByOID(SECObjectIdentifiers.secp384r1).getCurve().decodePoint(point);
            return List.of("SHA256withECDSA", "SHA384withECDSA");
        }
        throw new KeyFileException("public key: curve " + curve + " is not read; use P-256 or P-384");
    }

    private static PublicKey rsa(X509EncodedKeySpec spec) throws GeneralSecurityException, KeyFileException {
        RSAPublicKey key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
        int bits = key.getModulus().bitLength();
        BigInteger exponent = key.getPublicExponent();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            throw new KeyFileException(
                    "public key: RSA of " + bits + " bits, expected " + MIN_RSA_BITS + ".." + MAX_RSA_BITS + " bits");
        }
        if (exponent.bitLength() > 32 || exponent.intValue() == 1 || !exponent.testBit(0)) {
            throw new KeyFileException("public key: RSA exponent " + exponent + " is refused");
        }
        return key;
    }

    /** Names this key: Base64 of the SHA-256 of its SubjectPublicKeyInfo, which is also the hint in a bundle. */
    public String id() {
        return id;
    }

    /** This key as a PEM file. */
    public byte[] toPem() {
        return new Pem(LABEL, spki).encode();
    }

    /** True if this key's owner made {@code signature} over {@code message}; anything that is not a signature is simply false. */
    boolean verifies(byte[] message, byte[] signature) {
        return algorithms.stream().anyMatch(algorithm -> verifies(algorithm, message, signature));
    }

    private boolean verifies(String algorithm, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm.equals(ED25519PH) ? "Ed25519" : algorithm);
            if (algorithm.equals(ED25519PH)) {
                verifier.setParameter(new EdDSAParameterSpec(true));
            }
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // Not even the form of a signature.
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustedKey trusted && Arrays.equals(spki, trusted.spki);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(spki);
    }

    @Override
    public String toString() {
        return "TrustedKey[" + id + "]";
    }
}
