package dev.hotpatch.patchformat.trust;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.patch.PatchReader;
import dev.hotpatch.patchformat.trust.VerificationException.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decides whether a patch may be applied. Signatures of both forms count alike, and each key counts once. A signature that is bad does not
 * spoil those that are good, as anybody who may push can add one; the order of the signatures does not matter. Thread-safe.
 *
 * <p>Stricter than cosign: the signed payload has exactly the known keys and types, and it names the repository expected. In the first
 * form that is {@code docker-reference}; in a bundle the name of the statement's one subject, or the subject's annotation
 * {@code dev.hotpatch.repository} ({@code cosign sign -a dev.hotpatch.repository=REPOSITORY}). A bundle that names none does not count.
 */
public final class Verifier {
    /** More signatures of one patch than this are refused together. */
    public static final int MAX_SIGNATURES = 32;

    /** More keys are not trusted at once. */
    public static final int MAX_KEYS = 32;

    private static final int MAX_REPORTED = 4;

    private final SortedMap<String, TrustedKey> keys = new TreeMap<>();
    private final int threshold;

    /**
     * @param trusted the keys that may vouch; 1 to {@value #MAX_KEYS} different ones
     * @param threshold how many different ones must have signed; at least 1
     * @throws IllegalArgumentException if that can never be met
     */
    public Verifier(Collection<TrustedKey> trusted, int threshold) {
        trusted.forEach(key -> keys.put(key.id(), key));
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException(keys.size() + " trusted keys, at most " + MAX_KEYS + " are supported");
        }
        if (threshold < 1 || threshold > keys.size()) {
            throw new IllegalArgumentException(
                    threshold + " signatures required from " + keys.size() + " different trusted keys");
        }
        this.threshold = threshold;
    }

    /**
     * Verifies a patch by the bytes of its manifest.
     *
     * @param repository where the patch was asked for, without tag or digest; the signatures must name it
     * @param patchManifest as received
     * @param signatures what was found beside it, in both forms, in any order
     * @throws VerificationException with the reason, if the patch must not be applied
     * @throws IllegalArgumentException if {@code repository} is not one
     */
    public VerifiedPatch verify(String repository, byte[] patchManifest, Collection<SignatureArtifact> signatures)
            throws VerificationException {
        byte[] bytes = patchManifest.clone();
        Claim expected = new Claim(repository, Digest.of(bytes));
        List<VerificationException> findings = new ArrayList<>();
        SortedSet<String> signers = new TreeSet<>();
        int found = 0;
        for (SignatureArtifact artifact : signatures) {
            List<Descriptor> layers = layers(artifact, findings);
            found += Math.max(1, layers.size());
            if (found > MAX_SIGNATURES) {
                throw new VerificationException(
                        Reason.MALFORMED,
                        expected.patch() + ": more than " + MAX_SIGNATURES + " signatures; remove those not needed");
            }
            for (Descriptor layer : layers) {
                try {
                    signers.add(signer(Candidate.read(layer, artifact.blobs()), expected));
                } catch (VerificationException e) {
                    findings.add(e);
                }
            }
        }
        if (signers.size() < threshold) {
            throw refusal(expected, signers, findings);
        }
        return new VerifiedPatch(patch(bytes), repository, Collections.unmodifiableSortedSet(signers));
    }

    private static List<Descriptor> layers(SignatureArtifact artifact, List<VerificationException> findings) {
        try {
            return Manifest.parse(artifact.manifest()).layers();
        } catch (JsonException e) {
            findings.add(new VerificationException(Reason.MALFORMED, "signature manifest: " + e.getMessage(), e));
            return List.of();
        }
    }

    /** The id of the trusted key that made a signature for exactly the expected claim. */
    private String signer(Candidate candidate, Claim expected) throws VerificationException {
        for (TrustedKey key : keys.values()) {
            if (key.verifies(candidate.signedBytes(), candidate.signature())) {
                expected.require(candidate.claim());
                return key.id();
            }
        }
        String hint = candidate.hint().orElse("unknown");
        if (keys.containsKey(hint)) {
            throw new VerificationException(
                    Reason.TAMPERED,
                    "the signature said to be by trusted key " + hint + " does not fit what is signed");
        }
        throw new VerificationException(
                Reason.WRONG_KEY,
                "a signature (key " + hint + ") was made by none of the trusted keys " + keys.keySet());
    }

    /** A patch, and not some other signed thing of that repository; parsed only now, when it is known who made it. */
    private static Manifest patch(byte[] bytes) throws VerificationException {
        Manifest manifest;
        try {
            manifest = Manifest.parse(bytes);
        } catch (JsonException e) {
            throw new VerificationException(Reason.MALFORMED, "signed, but not a patch: " + e.getMessage(), e);
        }
        if (!manifest.mediaType().equals(MediaTypes.OCI_MANIFEST)) {
            throw new VerificationException(
                    Reason.WRONG_TYPE, "signed, but not a patch: media type " + manifest.mediaType());
        }
        try {
            PatchReader.expectPatch(manifest);
        } catch (JsonException e) {
            throw new VerificationException(Reason.WRONG_TYPE, "signed, but not a patch: " + e.getMessage(), e);
        }
        return manifest;
    }

    private VerificationException refusal(
            Claim expected, SortedSet<String> signers, List<VerificationException> findings) {
        String what = expected.repository() + "@" + expected.patch() + ": ";
        List<VerificationException> sorted = findings.stream()
                .sorted(Comparator.comparing(VerificationException::reason)
                        .thenComparing(VerificationException::getMessage))
                .toList();
        String details = sorted.stream()
                .map(VerificationException::getMessage)
                .distinct()
                .limit(MAX_REPORTED)
                .collect(Collectors.joining("; "));
        if (!signers.isEmpty()) {
            return new VerificationException(
                    Reason.THRESHOLD,
                    what + "signed by " + signers.size() + " trusted key(s) " + signers + ", " + threshold
                            + " are required" + (details.isEmpty() ? "" : "; " + details) + ". "
                            + Reason.THRESHOLD.advice());
        }
        if (sorted.isEmpty()) {
            return new VerificationException(
                    Reason.NO_SIGNATURE, what + "no signature found. " + Reason.NO_SIGNATURE.advice());
        }
        Reason first = sorted.get(0).reason();
        return new VerificationException(first, what + details + ". " + first.advice(), sorted.get(0));
    }
}
