package dev.hotpatch.patchformat.trust;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonWriter;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.trust.VerificationException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signs patches with one key, in the two forms that others verify. The same arguments give the same bytes. Thread-safe.
 */
public final class PatchSigner {
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private final SigningKey key;
    private final String creator;

    /**
     * @param creator program and version, for people: {@code hotpatch/1.0}
     */
    public PatchSigner(SigningKey key, String creator) {
        this.key = key;
        this.creator = creator;
    }

    /**
     * The first form, for the tag {@link SignatureArtifact#tag}.
     *
     * @param repository where the patch will be, without tag or digest: {@code reg.example/ns/app}
     * @param timestamp of signing; seconds are kept
     * @param existing what is under the tag now; its other signers' signatures are kept, an earlier one by this key for the
     *     same claim is replaced
     * @throws VerificationException with {@code malformed} if {@code existing} cannot be added to
     * @throws IllegalArgumentException if {@code repository} is not one
     */
    public SignatureArtifact simpleSigning(
            String repository, Manifest patch, Instant timestamp, Optional<SignatureArtifact> existing)
            throws VerificationException {
        Claim claim = new Claim(repository, patch.digest());
        byte[] payload = SimpleSigning.write(claim, creator, timestamp);
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(SimpleSigning.SIGNATURE, Base64.getEncoder().encodeToString(key.sign(payload)));
        annotations.put(Candidate.KEY_HINT, key.publicKey().id());

        Map<Digest, byte[]> blobs = new LinkedHashMap<>();
        List<Descriptor> layers = new ArrayList<>();
        if (existing.isPresent()) {
            blobs.putAll(existing.get().blobs());
            layers.addAll(others(existing.get(), claim));
        }
        layers.add(Descriptor.of(MediaTypes.SIMPLE_SIGNING, payload).withAnnotations(annotations));
        blobs.put(Digest.of(payload), payload);
        if (layers.size() > Verifier.MAX_SIGNATURES) {
            throw new VerificationException(
                    Reason.MALFORMED,
                    "signature manifest: already has " + (layers.size() - 1) + " signatures, at most "
                            + Verifier.MAX_SIGNATURES + " are read; remove old ones first");
        }
        byte[] config = config(layers);
        blobs.put(Digest.of(config), config);
        return SignatureArtifact.of(
                Manifest.create(
                        Optional.empty(),
                        Descriptor.of(MediaTypes.OCI_CONFIG, config),
                        layers,
                        Optional.empty(),
                        Map.of()),
                blobs);
    }

    /**
     * The second form, a referrer of the patch; every signer pushes one of its own. It says no time, so that signing again gives the
     * same referrer and not one more.
     *
     * @throws IllegalArgumentException if {@code repository} is not one
     */
    public SignatureArtifact bundle(String repository, Manifest patch) {
        byte[] statement = Statement.write(new Claim(repository, patch.digest()));
        byte[] bundle = Bundle.write(
                statement,
                key.sign(Bundle.signedBytes(statement)),
                key.publicKey().id());
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("dev.sigstore.bundle.content", "dsse-envelope");
        annotations.put("dev.sigstore.bundle.predicateType", Statement.PREDICATE_TYPE);
        Manifest manifest = Manifest.create(
                Optional.of(MediaTypes.SIGSTORE_BUNDLE),
                Descriptor.of(MediaTypes.OCI_EMPTY, EMPTY),
                List.of(Descriptor.of(MediaTypes.SIGSTORE_BUNDLE, bundle)),
                Optional.of(patch.descriptor()),
                annotations);
        return SignatureArtifact.of(manifest, Map.of(Digest.of(EMPTY), EMPTY, Digest.of(bundle), bundle));
    }

    /** The layers of {@code existing}, less those with which this key said the same before. */
    private List<Descriptor> others(SignatureArtifact existing, Claim claim) throws VerificationException {
        Manifest manifest;
        try {
            manifest = Manifest.parse(existing.manifest());
        } catch (JsonException e) {
            throw new VerificationException(Reason.MALFORMED, "signature manifest: " + e.getMessage(), e);
        }
        List<Descriptor> kept = new ArrayList<>();
        for (Descriptor layer : manifest.layers()) {
            if (!said(layer, existing.blobs(), claim)) {
                kept.add(layer);
            }
        }
        return kept;
    }

    private boolean said(Descriptor layer, Map<Digest, byte[]> blobs, Claim claim) {
        try {
            Candidate candidate = Candidate.read(layer, blobs);
            return key.publicKey().verifies(candidate.signedBytes(), candidate.signature())
                    && candidate.claim().equals(claim);
        } catch (VerificationException e) {
            // Not a signature of this key; it is not ours to remove.
            return false;
        }
    }

    private static byte[] config(List<Descriptor> layers) {
        Map<String, Object> rootfs = new LinkedHashMap<>();
        rootfs.put("type", "layers");
        rootfs.put(
                "diff_ids",
                layers.stream().map(layer -> layer.digest().toString()).toList());
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architecture", "");
        config.put("os", "");
        config.put("config", Map.of());
        config.put("rootfs", rootfs);
        return JsonWriter.compact(config);
    }
}
