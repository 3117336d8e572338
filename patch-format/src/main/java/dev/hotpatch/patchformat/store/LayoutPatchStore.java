package dev.hotpatch.patchformat.store;

import dev.hotpatch.patchformat.image.OciLayout;
import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.patch.PatchContent;
import dev.hotpatch.patchformat.trust.SignatureArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Patches in an OCI layout: the patch under its tag, signatures of the first form under theirs, bundles as entries whose manifest has the
 * patch as subject. For one thread at a time.
 */
public final class LayoutPatchStore implements PatchStore {
    private static final int MAX_SIGNATURE_BLOB = 1 << 20;

    private final OciLayout layout;

    public LayoutPatchStore(OciLayout layout) {
        this.layout = layout;
    }

    @Override
    public String name() {
        return "oci:" + layout.folder();
    }

    @Override
    public byte[] manifest(Digest digest) throws IOException {
        return layout.read(entry(digest), Manifest.MAX_BYTES);
    }

    @Override
    public List<SignatureArtifact> signatures(Digest patch) throws IOException {
        List<SignatureArtifact> found = new ArrayList<>();
        String tag = SignatureArtifact.tag(patch);
        for (Descriptor entry : layout.index().manifests()) {
            if (tag.equals(entry.annotations().get(OciLayout.REF_NAME))) {
                found.add(artifact(entry));
            } else if (entry.artifactType()
                    .filter(MediaTypes.SIGSTORE_BUNDLE::equals)
                    .isPresent()) {
                if (isAbout(entry, patch)) {
                    found.add(artifact(entry));
                }
            }
        }
        return List.copyOf(found);
    }

    /** The signature of the first form, to which a further signer's is added. */
    public Optional<SignatureArtifact> simpleSigning(Digest patch) throws IOException {
        String tag = SignatureArtifact.tag(patch);
        for (Descriptor entry : layout.index().manifests()) {
            if (tag.equals(entry.annotations().get(OciLayout.REF_NAME))) {
                return Optional.of(artifact(entry));
            }
        }
        return Optional.empty();
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        return layout.open(descriptor);
    }

    /** Stores a patch with what it consists of. */
    public void store(Patch patch, PatchContent content) throws IOException {
        layout.write(MediaTypes.PATCH, patch.config());
        for (Descriptor layer : patch.manifest().layers()) {
            try (InputStream in = content.open(layer)) {
                layout.write(layer, in);
            }
        }
        layout.write(patch.manifest().mediaType(), patch.manifest().bytes());
        layout.enter(patch.manifest().descriptor().withArtifactType(MediaTypes.PATCH), Optional.of(patch.tag()));
    }

    /** Stores a signature of {@code patch} in either form. */
    public void store(Digest patch, SignatureArtifact signature) throws IOException {
        for (Map.Entry<Digest, byte[]> blob : signature.blobs().entrySet()) {
            layout.write("", blob.getValue());
        }
        Manifest manifest = Manifest.parse(signature.manifest());
        layout.write(manifest.mediaType(), manifest.bytes());
        boolean bundle = manifest.effectiveArtifactType().equals(MediaTypes.SIGSTORE_BUNDLE);
        layout.enter(
                bundle ? manifest.descriptor().withArtifactType(MediaTypes.SIGSTORE_BUNDLE) : manifest.descriptor(),
                bundle ? Optional.empty() : Optional.of(SignatureArtifact.tag(patch)));
    }

    /** The digests of all patches in the layout, in the order of its index. */
    public List<Digest> patches() throws IOException {
        return layout.index().manifests().stream()
                .filter(entry ->
                        entry.artifactType().filter(MediaTypes.PATCH::equals).isPresent())
                .map(Descriptor::digest)
                .toList();
    }

    private Descriptor entry(Digest digest) throws IOException {
        for (Descriptor entry : layout.index().manifests()) {
            if (entry.digest().equals(digest)) {
                return entry;
            }
        }
        throw new NoSuchFileException(name(), null, "has no manifest " + digest);
    }

    private boolean isAbout(Descriptor entry, Digest patch) throws IOException {
        try {
            Manifest manifest = Manifest.parse(layout.read(entry, Manifest.MAX_BYTES));
            return manifest.subject()
                    .map(Descriptor::digest)
                    .filter(patch::equals)
                    .isPresent();
        } catch (JsonException | DigestMismatchException | NoSuchFileException e) {
            // A damaged entry may be about anything; it vouches for nothing.
            return false;
        }
    }

    private SignatureArtifact artifact(Descriptor entry) throws IOException {
        byte[] bytes = layout.read(entry, Manifest.MAX_BYTES);
        Map<Digest, byte[]> blobs = new HashMap<>();
        for (Descriptor layer : SignatureArtifact.wanted(bytes)) {
            try {
                blobs.put(layer.digest(), layout.read(layer, MAX_SIGNATURE_BLOB));
            } catch (DigestMismatchException | NoSuchFileException e) {
                // Left out: the verifier says what is missing, if no other signature is good.
            }
        }
        return new SignatureArtifact(bytes, blobs);
    }
}
