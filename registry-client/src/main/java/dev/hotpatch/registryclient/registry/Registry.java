package dev.hotpatch.registryclient.registry;

import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.registryclient.NotAuthorisedException;
import dev.hotpatch.registryclient.NotFoundException;
import dev.hotpatch.registryclient.RegistryException;
import dev.hotpatch.registryclient.auth.Authorizer;
import dev.hotpatch.registryclient.auth.TokenClient;
import dev.hotpatch.registryclient.reference.ImageReference;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.transport.AddressRules;
import dev.hotpatch.registryclient.transport.Deadline;
import dev.hotpatch.registryclient.transport.HttpTransport;
import dev.hotpatch.registryclient.transport.Retries;
import dev.hotpatch.registryclient.transport.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * OCI registries (distribution specification 1.1), each named by the repository in a call. For any thread; {@link #close} ends its
 * connections. Every method may throw {@link NotAuthorisedException} for 401 and 403, {@link NotFoundException} for what is not
 * there, {@link DigestMismatchException} for wrong content, and {@link RegistryException} or another {@link IOException} for the rest;
 * what may be repeated has been, until the deadline of the call.
 */
public final class Registry implements AutoCloseable {
    private final HttpTransport transport;
    private final Endpoint endpoint;
    private final Manifests manifests;
    private final Downloads downloads;
    private final Uploads uploads;
    private final FallbackIndex fallback;
    private final Referrers referrers;

    private Registry(HttpTransport transport, Endpoint endpoint, RegistryOptions options) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.manifests = new Manifests(endpoint);
        this.downloads = new Downloads(endpoint, options.progress);
        this.uploads = new Uploads(endpoint, options.chunkBytes, options.progress);
        this.fallback = new FallbackIndex(endpoint, manifests);
        this.referrers = new Referrers(endpoint, manifests, fallback);
    }

    /**
     * Connects to nothing yet. The caller closes it.
     *
     * @throws IOException if the file with certificate authorities cannot be used
     */
    public static Registry open(RegistryOptions options) throws IOException {
        Optional<Trust> trust = options.authorities.isPresent()
                ? Optional.of(Trust.systemAnd(options.authorities.get()))
                : Optional.empty();
        AddressRules rules = new AddressRules(options.resolver);
        HttpTransport transport = new HttpTransport(trust, options.connect, options.stall, rules, options.resolver);
        Retries retries = new Retries(options.retries, options.pause, options.random);
        TokenClient tokens = new TokenClient(transport, rules, retries, options.clock);
        Authorizer authorizer = new Authorizer(options.credentials, tokens, options.clock);
        Endpoint endpoint =
                new Endpoint(transport, authorizer, retries, options::speaksHttp, options.clock, options.deadline);
        return new Registry(transport, endpoint, options);
    }

    /** The manifest or index that a reference names. */
    public Resolved resolve(ImageReference reference) throws IOException {
        return manifests.get(reference.repository(), reference.asked(), endpoint.deadline());
    }

    /** The same, or empty if the reference still names {@code known}: cheap, for polling. */
    public Optional<Resolved> resolveIfChanged(ImageReference reference, Digest known) throws IOException {
        return manifests.getUnless(reference.repository(), reference.asked(), Optional.of(known), endpoint.deadline());
    }

    /** The manifest or index with that digest. */
    public Resolved manifest(Repository repository, Digest digest) throws IOException {
        return manifests.get(repository, digest.toString(), endpoint.deadline());
    }

    /** A blob's content; the stream throws rather than end cleanly on wrong content. The caller closes it. */
    public InputStream blob(Repository repository, Descriptor blob) throws IOException {
        return downloads.open(repository, blob);
    }

    /** A blob that fits into memory. */
    public byte[] blob(Repository repository, Descriptor blob, int maxBytes) throws IOException {
        if (blob.size() > maxBytes) {
            throw new RegistryException(repository + ": " + blob.digest() + " has " + blob.size() + " bytes, at most "
                    + maxBytes + " are read");
        }
        try (InputStream in = blob(repository, blob)) {
            return in.readAllBytes();
        }
    }

    /**
     * Stores a blob as {@code target}, which appears whole and verified or not at all. Until then it grows as
     * {@code <hex>.partial} beside it, from which an interrupted download goes on, also in another process.
     */
    public void downloadBlob(Repository repository, Descriptor blob, Path target) throws IOException {
        downloads.save(repository, blob, target);
    }

    /**
     * Stores a blob in a repository.
     *
     * @param mountFrom a repository of the same registry that may have it already
     * @return whether anything was sent; false if the blob was there or could be mounted
     */
    public boolean pushBlob(Repository repository, Descriptor blob, BlobSource source, Optional<Repository> mountFrom)
            throws IOException {
        return uploads.push(repository, blob, source, mountFrom);
    }

    /**
     * Stores a manifest or index, byte for byte, after what it names was stored. Where the registry does not list referrers itself, a
     * manifest with a subject is also entered into the index under the fallback tag.
     */
    public Descriptor pushManifest(Repository repository, byte[] bytes, Optional<String> tag) throws IOException {
        tag.ifPresent(ImageReference::requireTag);
        Deadline deadline = endpoint.deadline();
        String type = JsonObject.parse(bytes, "manifest for " + repository).string("mediaType", 255);
        boolean listed = manifests.put(repository, bytes, type, tag, deadline);
        Descriptor stored = Descriptor.of(type, bytes);
        if (MediaTypes.isManifest(type)) {
            Manifest manifest = Manifest.parse(bytes);
            if (!listed && manifest.subject().isPresent()) {
                Digest subject = manifest.subject().get().digest();
                enter(repository, subject, manifest, deadline);
            }
        }
        return stored;
    }

    private void enter(Repository repository, Digest subject, Manifest manifest, Deadline deadline) throws IOException {
        // No OCI-Subject in the answer: an older registry, or the answer was lost.
        if (referrers.fromApi(repository, subject, Optional.empty(), deadline).isEmpty()) {
            Descriptor entry = manifest.descriptor()
                    .withArtifactType(manifest.effectiveArtifactType())
                    .withAnnotations(manifest.annotations());
            fallback.add(repository, subject, entry, deadline);
        }
    }

    /** Deletes a manifest by digest, and its entry in the fallback index if it has one. One that is gone already is no error. */
    public void deleteManifest(Repository repository, Digest digest) throws IOException {
        Deadline deadline = endpoint.deadline();
        Resolved resolved;
        try {
            resolved = manifests.get(repository, digest.toString(), deadline);
        } catch (NotFoundException e) {
            return;
        }
        Optional<Digest> subject = resolved.isIndex()
                ? Optional.empty()
                : Manifest.parse(resolved.bytes()).subject().map(Descriptor::digest);
        manifests.delete(repository, digest, deadline);
        if (subject.isPresent()
                && referrers
                        .fromApi(repository, subject.get(), Optional.empty(), deadline)
                        .isEmpty()) {
            fallback.remove(repository, subject.get(), digest, deadline);
        }
    }

    /** All tags of a repository, in the registry's order. */
    public List<String> tags(Repository repository) throws IOException {
        List<String> tags = new ArrayList<>();
        new Pages(endpoint)
                .walk(
                        repository,
                        endpoint.uri(repository, "tags/list"),
                        reply -> {
                            if (reply.status() != 200) {
                                throw endpoint.failure(reply, repository, "list the tags of");
                            }
                            JsonObject json =
                                    JsonObject.parse(reply.bytes(Manifest.MAX_BYTES), "tags of " + repository);
                            tags.addAll(json.strings("tags", 100_000, 128));
                            return true;
                        },
                        endpoint.deadline());
        return List.copyOf(tags);
    }

    /** The manifests whose subject is {@code subject}, fetched and checked; with that artifact type, if one is given. */
    public List<Referrer> referrers(Repository repository, Digest subject, Optional<String> artifactType)
            throws IOException {
        return referrers.list(repository, subject, artifactType, endpoint.deadline());
    }

    @Override
    public void close() {
        transport.close();
    }
}
