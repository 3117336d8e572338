package dev.hotpatch.registryclient.registry;

import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.registryclient.NotFoundException;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.transport.Deadline;
import dev.hotpatch.registryclient.transport.Incoming;
import dev.hotpatch.registryclient.transport.Outgoing;
import java.io.IOException;
import java.util.Optional;

/** Manifests and indexes, by tag and by digest. */
final class Manifests {
    // docker-registry answers 404 for a type that is not accepted.
    private static final String ACCEPT = String.join(
            ", ",
            MediaTypes.OCI_MANIFEST,
            MediaTypes.OCI_INDEX,
            MediaTypes.DOCKER_MANIFEST,
            MediaTypes.DOCKER_MANIFEST_LIST);

    private final Endpoint endpoint;

    Manifests(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** What a tag or a digest names; bytes that do not have the digest asked for are an error. */
    Resolved get(Repository repository, String reference, Deadline deadline) throws IOException {
        return getUnless(repository, reference, Optional.empty(), deadline)
                .orElseThrow(() -> new NotFoundException("get " + repository + " " + reference
                        + ": the registry says that nothing changed, but nothing was there before"));
    }

    /** As {@link #get}, but empty if the registry says that it is still {@code known}. */
    Optional<Resolved> getUnless(Repository repository, String reference, Optional<Digest> known, Deadline deadline)
            throws IOException {
        return endpoint.retries().run(deadline, () -> {
            Outgoing request = Outgoing.get(endpoint.uri(repository, "manifests/" + reference))
                    .with("Accept", ACCEPT);
            if (known.isPresent()) {
                request = request.with("If-None-Match", "\"" + known.get() + "\"");
            }
            try (Incoming reply = endpoint.send(repository, Endpoint.toPull(repository), request, deadline)) {
                if (reply.status() == 304 && known.isPresent()) {
                    return Optional.empty();
                }
                if (reply.status() != 200) {
                    throw endpoint.failure(reply, repository, "get " + reference + " of");
                }
                Resolved resolved = resolved(repository, reference, reply);
                return known.filter(resolved.digest()::equals).isPresent() ? Optional.empty() : Optional.of(resolved);
            }
        });
    }

    private static Resolved resolved(Repository repository, String reference, Incoming reply) throws IOException {
        byte[] bytes = reply.bytes(Manifest.MAX_BYTES);
        Digest digest = Digest.of(bytes);
        if (reference.startsWith("sha256:") && !reference.equals(digest.toString())) {
            throw new DigestMismatchException(
                    repository + ": asked for " + reference + ", received a manifest with digest " + digest);
        }
        String type = JsonObject.parse(bytes, repository + " " + reference)
                .optionalString("mediaType", 255)
                .or(() -> reply.header("Content-Type")
                        .map(value -> value.replaceFirst(";.*$", "").strip()))
                .orElse(MediaTypes.OCI_MANIFEST);
        return new Resolved(repository, Descriptor.of(type, digest, bytes.length), bytes);
    }

    /** Whether {@code reference} names exactly {@code digest}. Not everybody answers HEAD, or names the digest in the answer. */
    boolean names(Repository repository, String reference, Digest digest, Deadline deadline) throws IOException {
        Optional<Digest> told = endpoint.retries().run(deadline, () -> {
            Outgoing request = Outgoing.of("HEAD", endpoint.uri(repository, "manifests/" + reference))
                    .with("Accept", ACCEPT);
            try (Incoming reply = endpoint.send(repository, Endpoint.toPull(repository), request, deadline)) {
                return reply.status() == 200
                        ? reply.header("Docker-Content-Digest").flatMap(Manifests::digest)
                        : Optional.empty();
            }
        });
        if (told.isPresent()) {
            return told.get().equals(digest);
        }
        try {
            return get(repository, reference, deadline).digest().equals(digest);
        } catch (NotFoundException e) {
            return false;
        }
    }

    /**
     * Stores a manifest under its digest, or under a tag.
     *
     * @return whether the registry said that it keeps the list of referrers itself; false also if its answer was lost
     */
    boolean put(Repository repository, byte[] bytes, String mediaType, Optional<String> tag, Deadline deadline)
            throws IOException {
        Digest digest = Digest.of(bytes);
        String reference = tag.orElse(digest.toString());
        Outgoing request = Outgoing.of("PUT", endpoint.uri(repository, "manifests/" + reference))
                .with(Outgoing.Body.of(mediaType, bytes));
        for (int failures = 1; ; failures++) {
            try (Incoming reply = endpoint.send(repository, Endpoint.toPush(repository), request, deadline)) {
                if (reply.status() / 100 != 2) {
                    throw endpoint.failure(reply, repository, "put " + reference + " to");
                }
                Optional<Digest> stored = reply.header("Docker-Content-Digest").flatMap(Manifests::digest);
                if (stored.isPresent() && !stored.get().equals(digest)) {
                    throw new DigestMismatchException(repository + ": put a manifest with digest " + digest
                            + ", the registry stored " + stored.get());
                }
                return reply.header("OCI-Subject").isPresent();
            } catch (IOException e) {
                endpoint.retries().pauseAfter(e, failures, deadline);
            }
            // The answer may have been lost and not the request: look before writing again.
            if (names(repository, reference, digest, deadline)) {
                return false;
            }
        }
    }

    void delete(Repository repository, Digest digest, Deadline deadline) throws IOException {
        endpoint.retries().run(deadline, () -> {
            Outgoing request = Outgoing.of("DELETE", endpoint.uri(repository, "manifests/" + digest));
            try (Incoming reply = endpoint.send(repository, Endpoint.toDelete(repository), request, deadline)) {
                if (reply.status() / 100 != 2 && reply.status() != 404) {
                    throw endpoint.failure(reply, repository, "delete " + digest + " from");
                }
                return digest;
            }
        });
    }

    private static Optional<Digest> digest(String text) {
        try {
            return Optional.of(Digest.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
