package dev.hotpatch.registryclient.patch;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.patch.PatchContent;
import dev.hotpatch.patchformat.store.PatchStore;
import dev.hotpatch.patchformat.trust.SignatureArtifact;
import dev.hotpatch.registryclient.NotFoundException;
import dev.hotpatch.registryclient.reference.ImageReference;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.registry.BlobSource;
import dev.hotpatch.registryclient.registry.Referrer;
import dev.hotpatch.registryclient.registry.Registry;
import dev.hotpatch.registryclient.registry.Resolved;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The patches in one repository: each is a referrer of its base image, under a tag of its own, with its signatures beside it. For any
 * thread; the registry stays the caller's to close.
 */
public final class RegistryPatchStore implements PatchStore {
    private static final int MAX_SIGNATURE_BLOB = 1 << 20;

    private final Registry registry;
    private final Repository repository;

    public RegistryPatchStore(Registry registry, Repository repository) {
        this.registry = registry;
        this.repository = repository;
    }

    @Override
    public String name() {
        return repository.toString();
    }

    /** The patches whose subject is that manifest, newest entry last as the registry lists them; nothing of them is verified. */
    public List<Manifest> patchesFor(Digest base) throws IOException {
        return registry.referrers(repository, base, Optional.of(MediaTypes.PATCH)).stream()
                .map(Referrer::manifest)
                .toList();
    }

    @Override
    public byte[] manifest(Digest digest) throws IOException {
        return registry.manifest(repository, digest).bytes();
    }

    @Override
    public List<SignatureArtifact> signatures(Digest patch) throws IOException {
        List<SignatureArtifact> found = new ArrayList<>();
        simpleSigning(patch).ifPresent(found::add);
        for (Referrer bundle : registry.referrers(repository, patch, Optional.of(MediaTypes.SIGSTORE_BUNDLE))) {
            found.add(artifact(bundle.manifest().bytes()));
        }
        return List.copyOf(found);
    }

    /** The signatures of the first form, to which a further signer's is added; empty if there are none. */
    public Optional<SignatureArtifact> simpleSigning(Digest patch) throws IOException {
        try {
            Resolved tagged = registry.resolve(ImageReference.of(repository, SignatureArtifact.tag(patch)));
            return Optional.of(artifact(tagged.bytes()));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        return registry.blob(repository, descriptor);
    }

    /**
     * Stores a patch: first what it consists of, then its manifest, under its tag. Pushing one that is there changes nothing.
     *
     * @param content of what it consists
     */
    public void push(Patch patch, PatchContent content) throws IOException {
        registry.pushBlob(repository, patch.manifest().config(), BlobSource.of(patch.config()), Optional.empty());
        for (Descriptor layer : patch.manifest().layers()) {
            registry.pushBlob(repository, layer, offset -> skipped(content, layer, offset), Optional.empty());
        }
        registry.pushManifest(repository, patch.manifest().bytes(), Optional.of(patch.tag()));
    }

    private static InputStream skipped(PatchContent content, Descriptor layer, long offset) throws IOException {
        InputStream in = content.open(layer);
        try {
            in.skipNBytes(offset);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Stores a signature of {@code patch} in either form. */
    public void push(Digest patch, SignatureArtifact signature) throws IOException {
        Manifest manifest = Manifest.parse(signature.manifest());
        List<Descriptor> blobs = new ArrayList<>(manifest.layers());
        blobs.add(manifest.config());
        for (Descriptor blob : blobs) {
            byte[] content = signature.blobs().get(blob.digest());
            if (content != null) {
                registry.pushBlob(repository, blob, BlobSource.of(content), Optional.empty());
            }
        }
        boolean bundle = manifest.effectiveArtifactType().equals(MediaTypes.SIGSTORE_BUNDLE);
        registry.pushManifest(
                repository,
                signature.manifest(),
                bundle ? Optional.empty() : Optional.of(SignatureArtifact.tag(patch)));
    }

    private SignatureArtifact artifact(byte[] manifest) throws IOException {
        Map<Digest, byte[]> blobs = new HashMap<>();
        for (Descriptor layer : SignatureArtifact.wanted(manifest)) {
            try {
                blobs.put(layer.digest(), registry.blob(repository, layer, MAX_SIGNATURE_BLOB));
            } catch (NotFoundException | DigestMismatchException e) {
                // Left out: the verifier says what is missing, if no other signature is good.
            }
        }
        return new SignatureArtifact(manifest, blobs);
    }
}
