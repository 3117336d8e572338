package dev.hotpatch.cli;

import dev.hotpatch.patchformat.image.OciLayout;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.store.LayoutPatchStore;
import dev.hotpatch.patchformat.store.PatchStore;
import dev.hotpatch.patchformat.trust.SignatureArtifact;
import dev.hotpatch.registryclient.patch.RegistryPatchStore;
import dev.hotpatch.registryclient.reference.ImageReference;
import dev.hotpatch.registryclient.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A patch that a user named: {@code oci:DIR[:TAG]}, or a reference to a registry.
 *
 * @param store where it is
 * @param digest of its manifest
 * @param repository that its signatures should name; empty if it lies in a layout, which has no name
 */
record PatchLocation(PatchStore store, Digest digest, String repository) {
    private static final String LAYOUT = "oci:";

    static boolean isLayout(String text) {
        return text.startsWith(LAYOUT);
    }

    static PatchLocation find(String text, Registry registry) throws IOException, VerbException {
        if (!isLayout(text)) {
            ImageReference reference = reference(text);
            return new PatchLocation(
                    new RegistryPatchStore(registry, reference.repository()),
                    registry.resolve(reference).digest(),
                    reference.repository().toString());
        }
        String rest = text.substring(LAYOUT.length());
        int colon = rest.lastIndexOf(':');
        boolean tagged = colon > rest.lastIndexOf('/');
        OciLayout layout = OciLayout.open(Path.of(tagged ? rest.substring(0, colon) : rest));
        LayoutPatchStore store = new LayoutPatchStore(layout);
        if (tagged) {
            Descriptor entry = layout.find(Optional.of(rest.substring(colon + 1)));
            return new PatchLocation(store, entry.digest(), "");
        }
        List<Digest> patches = store.patches();
        if (patches.size() != 1) {
            throw new VerbException(
                    ExitCode.NOT_FOUND,
                    "not-found",
                    text + ": expected one patch, found " + patches.size() + "; name one by its tag, as oci:DIR:TAG");
        }
        return new PatchLocation(store, patches.get(0), "");
    }

    /**
     * Reads a reference to a registry.
     *
     * @throws VerbException if it is not one
     */
    static ImageReference reference(String text) throws VerbException {
        try {
            return ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            throw new VerbException(ExitCode.USAGE, "usage", text + ": not an image reference: " + e.getMessage());
        }
    }

    /** The repository that signatures must name: what the user said, or where the patch lies. */
    String signedFor(String said) throws VerbException {
        if (!said.isEmpty()) {
            return said;
        }
        if (repository.isEmpty()) {
            throw new VerbException(
                    ExitCode.USAGE,
                    "usage",
                    store.name()
                            + ": a layout has no repository name; say with --repository which one the patch is for");
        }
        return repository;
    }

    Optional<SignatureArtifact> simpleSigning() throws IOException {
        return store instanceof LayoutPatchStore layout
                ? layout.simpleSigning(digest)
                : ((RegistryPatchStore) store).simpleSigning(digest);
    }

    void add(SignatureArtifact signature) throws IOException {
        if (store instanceof LayoutPatchStore layout) {
            layout.store(digest, signature);
        } else {
            ((RegistryPatchStore) store).push(digest, signature);
        }
    }
}
