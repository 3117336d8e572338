package dev.hotpatch.registryclient.registry;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Index;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.registryclient.NotFoundException;
import dev.hotpatch.registryclient.RegistryException;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.transport.Deadline;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What refers to a manifest: from the referrers API, or, in registries without it, from the index under the fallback tag
 * (distribution specification 1.1). Both are hints: every manifest is fetched and its subject checked.
 */
final class Referrers {
    private static final int MAX_REFERRERS = 1000;

    private final Endpoint endpoint;
    private final Manifests manifests;
    private final FallbackIndex fallback;

    Referrers(Endpoint endpoint, Manifests manifests, FallbackIndex fallback) {
        this.endpoint = endpoint;
        this.manifests = manifests;
        this.fallback = fallback;
    }

    List<Referrer> list(Repository repository, Digest subject, Optional<String> artifactType, Deadline deadline)
            throws IOException {
        Map<Digest, Descriptor> hints = new LinkedHashMap<>();
        Optional<List<Descriptor>> told = fromApi(repository, subject, artifactType, deadline);
        List<Descriptor> all = told.isPresent() ? told.get() : fallback.read(repository, subject, deadline);
        // What a list says of the type is not asked: cosign 3 enters its bundles under their config's type.
        all.stream()
                .filter(hint -> MediaTypes.isManifest(hint.mediaType()))
                .forEach(hint -> hints.putIfAbsent(hint.digest(), hint));
        if (hints.size() > MAX_REFERRERS) {
            throw new RegistryException(repository + ": " + hints.size() + " manifests claim to refer to " + subject
                    + ", at most " + MAX_REFERRERS + " are read");
        }
        List<Referrer> found = new ArrayList<>();
        for (Descriptor hint : hints.values()) {
            checked(repository, subject, artifactType, hint, deadline).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    private Optional<Referrer> checked(
            Repository repository, Digest subject, Optional<String> type, Descriptor hint, Deadline deadline)
            throws IOException {
        Resolved resolved;
        try {
            resolved = manifests.get(repository, hint.digest().toString(), deadline);
        } catch (NotFoundException e) {
            return Optional.empty(); // Deleted since; lists are often late.
        }
        if (!MediaTypes.isManifest(resolved.descriptor().mediaType())) {
            return Optional.empty();
        }
        Manifest manifest;
        try {
            manifest = Manifest.parse(resolved.bytes());
        } catch (JsonException e) {
            // Anybody who may push can add one; it must not hide the others.
            return Optional.empty();
        }
        boolean refers = manifest.subject()
                .map(Descriptor::digest)
                .filter(subject::equals)
                .isPresent();
        boolean wanted = type.isEmpty() || type.get().equals(manifest.effectiveArtifactType());
        return refers && wanted
                ? Optional.of(new Referrer(
                        manifest.descriptor().withArtifactType(manifest.effectiveArtifactType()), manifest))
                : Optional.empty();
    }

    /** What the API lists; empty if the registry has no such API. */
    Optional<List<Descriptor>> fromApi(
            Repository repository, Digest subject, Optional<String> artifactType, Deadline deadline)
            throws IOException {
        String filter = artifactType
                .map(type -> "?artifactType=" + URLEncoder.encode(type, StandardCharsets.UTF_8))
                .orElse("");
        URI first = endpoint.uri(repository, "referrers/" + subject + filter);
        List<Descriptor> all = new ArrayList<>();
        boolean listed = new Pages(endpoint)
                .walk(
                        repository,
                        first,
                        reply -> {
                            if (reply.status() == 404) {
                                return false;
                            }
                            if (reply.status() != 200) {
                                throw endpoint.failure(reply, repository, "list the referrers of " + subject + " in");
                            }
                            all.addAll(
                                    Index.parse(reply.bytes(Manifest.MAX_BYTES)).manifests());
                            return true;
                        },
                        deadline);
        return listed ? Optional.of(all) : Optional.empty();
    }
}
