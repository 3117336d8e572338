package dev.hotpatch.nodeagent.source;

import dev.hotpatch.nodeagent.agent.ImageName;
import dev.hotpatch.nodeagent.agent.LivePatch;
import dev.hotpatch.nodeagent.agent.PatchCandidate;
import dev.hotpatch.nodeagent.agent.PatchSource;
import dev.hotpatch.patchformat.image.PlatformChoice;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Index;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.patch.PatchReader;
import dev.hotpatch.patchformat.store.PatchStore;
import dev.hotpatch.patchformat.store.StoredPatch;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.patchformat.trust.Verifier;
import dev.hotpatch.registryclient.patch.RegistryPatchStore;
import dev.hotpatch.registryclient.reference.ImageReference;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.registry.Registry;
import dev.hotpatch.registryclient.registry.Resolved;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Finds patches in the repository of the image that runs. Only manifests and signatures are read before they are verified; what a
 * patch consists of is fetched afterwards. For any number of threads; the registry stays the caller's to close.
 */
public final class RegistryPatchSource implements PatchSource {
    private static final int MAX_KNOWN = 10_000;

    private final Registry registry;
    private final Verifier verifier;
    private final Platform platform;
    private final List<ImageReference> libraries;
    /** An index never changes, so the manifest behind it is asked for once. */
    private final Map<ImageName, Digest> manifests = new ConcurrentHashMap<>();
    /** Patches that were found signed; only the order depends on it, and each is verified again before it is applied. */
    private final Set<PatchCandidate> signed = ConcurrentHashMap.newKeySet();

    /**
     * Asks nobody yet.
     *
     * @param platform which image of an index runs here
     * @param libraries library patches for every JVM of the node, each by tag or digest
     */
    public RegistryPatchSource(
            Registry registry, Verifier verifier, Platform platform, List<ImageReference> libraries) {
        this.registry = registry;
        this.verifier = verifier;
        this.platform = platform;
        this.libraries = List.copyOf(libraries);
    }

    @Override
    public List<PatchCandidate> forAnyImage() throws IOException {
        List<PatchCandidate> found = new ArrayList<>();
        for (ImageReference library : libraries) {
            found.add(new PatchCandidate(
                    library.repository().toString(),
                    library.digest().isPresent()
                            ? library.digest().get()
                            : registry.resolve(library).digest()));
        }
        return found;
    }

    @Override
    public List<PatchCandidate> find(ImageName image) throws IOException {
        // Others have layer deltas only; an earlier one that goes live stays in force.
        return find(
                image,
                patch -> patch.layers().stream()
                        .anyMatch(layer -> layer.mediaType().equals(MediaTypes.LIVE)));
    }

    /** As {@link #find}, with patches that have nothing that can go live. */
    public List<PatchCandidate> findAll(ImageName image) throws IOException {
        return find(image, patch -> true);
    }

    private List<PatchCandidate> find(ImageName image, Predicate<Manifest> wanted) throws IOException {
        Repository repository = repository(image.repository());
        RegistryPatchStore store = new RegistryPatchStore(registry, repository);
        List<PatchCandidate> found = new ArrayList<>();
        for (Manifest patch : store.patchesFor(manifestOf(repository, image))) {
            if (wanted.test(patch)) {
                found.add(new PatchCandidate(image.repository(), patch.digest()));
            }
        }
        // Registries list what was added last at the end; a patch is cumulative, so the last one is enough.
        Collections.reverse(found);
        return found.size() < 2 ? found : signedFirst(store, found);
    }

    /** Anybody who may push can add a patch that is not signed; it must not hide those that are. */
    private List<PatchCandidate> signedFirst(RegistryPatchStore store, List<PatchCandidate> found) throws IOException {
        List<PatchCandidate> ordered = new ArrayList<>();
        List<PatchCandidate> others = new ArrayList<>();
        for (PatchCandidate candidate : found) {
            (isSigned(store, candidate) ? ordered : others).add(candidate);
        }
        ordered.addAll(others);
        return ordered;
    }

    private boolean isSigned(RegistryPatchStore store, PatchCandidate candidate) throws IOException {
        if (signed.contains(candidate)) {
            return true;
        }
        try {
            var unused = verifier.verify(
                    candidate.repository(), store.manifest(candidate.digest()), store.signatures(candidate.digest()));
        } catch (VerificationException e) {
            // What is wrong with it is said when its turn comes.
            return false;
        }
        if (signed.size() >= MAX_KNOWN) {
            signed.clear();
        }
        signed.add(candidate);
        return true;
    }

    @Override
    public Pulled pull(PatchCandidate candidate) throws IOException {
        PatchStore store = store(candidate.repository());
        byte[] manifest = store.manifest(candidate.digest());
        return () -> verify(store, verifier, candidate, manifest);
    }

    /** The patches of a repository, by its name with the registry. */
    public PatchStore store(String repository) throws IOException {
        return new RegistryPatchStore(registry, repository(repository));
    }

    static LivePatch verify(PatchStore store, Verifier verifier, PatchCandidate candidate, byte[] manifest)
            throws IOException, VerificationException {
        if (!Digest.of(manifest).equals(candidate.digest())) {
            throw new IOException("expected manifest " + candidate.digest() + ", found " + Digest.of(manifest));
        }
        StoredPatch stored = StoredPatch.verify(store, verifier, candidate.repository(), manifest);
        Patch patch = stored.patch();
        Descriptor live = patch.live()
                .orElseThrow(() -> new IOException(
                        "patch " + patch.digest() + " has nothing that can go live; restart with the target image"));
        byte[] unit = new byte[(int) live.size()];
        try (InputStream in = store.open(live)) {
            if (in.readNBytes(unit, 0, unit.length) != unit.length || in.read() >= 0) {
                throw new IOException("live unit of " + patch.digest() + " has another size than " + live.size());
            }
        }
        LivePatch whole = LivePatch.of(stored.verified(), unit);
        PatchReader.expectAgreement(patch.plan(), whole.index());
        return whole;
    }

    /** The platform's manifest: a patch refers to that one, also where the image was pulled by an index. */
    private Digest manifestOf(Repository repository, ImageName image) throws IOException {
        Digest known = manifests.get(image);
        if (known != null) {
            return known;
        }
        Resolved resolved = registry.manifest(repository, image.digest());
        Digest manifest = resolved.isIndex()
                ? PlatformChoice.choose(Index.parse(resolved.bytes()), platform, image.toString())
                        .digest()
                : image.digest();
        if (manifests.size() >= MAX_KNOWN) {
            manifests.clear();
        }
        manifests.put(image, manifest);
        return manifest;
    }

    private static Repository repository(String name) throws IOException {
        try {
            return Repository.parse(name);
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ": not a repository: " + e.getMessage(), e);
        }
    }
}
