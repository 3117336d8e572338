package dev.hotpatch.registryclient.registry;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Index;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.registryclient.NotFoundException;
import dev.hotpatch.registryclient.RegistryException;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.transport.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The index under the tag {@code sha256-<hex>} that lists the referrers of a manifest in registries without the API. Registries offer
 * no compare-and-swap, so a change is read back after a while and made again if another writer overwrote it.
 */
final class FallbackIndex {
    private static final int ATTEMPTS = 10;

    private final Endpoint endpoint;
    private final Manifests manifests;

    FallbackIndex(Endpoint endpoint, Manifests manifests) {
        this.endpoint = endpoint;
        this.manifests = manifests;
    }

    static String tag(Digest subject) {
        return "sha256-" + subject.hex();
    }

    /** The entries; none if there is no such tag, or something else than an OCI index under it. */
    List<Descriptor> read(Repository repository, Digest subject, Deadline deadline) throws IOException {
        Resolved resolved;
        try {
            resolved = manifests.get(repository, tag(subject), deadline);
        } catch (NotFoundException e) {
            return List.of();
        }
        boolean index = resolved.descriptor().mediaType().equals(MediaTypes.OCI_INDEX);
        return index && !resolved.digest().equals(subject)
                ? Index.parse(resolved.bytes()).manifests()
                : List.of();
    }

    /** Adds an entry, unless it is there. */
    void add(Repository repository, Digest subject, Descriptor referrer, Deadline deadline) throws IOException {
        change(repository, subject, referrer.digest(), Optional.of(referrer), deadline);
    }

    void remove(Repository repository, Digest subject, Digest referrer, Deadline deadline) throws IOException {
        change(repository, subject, referrer, Optional.empty(), deadline);
    }

    // One writer at a time in this process; other processes are met with patience.
    private synchronized void change(
            Repository repository, Digest subject, Digest referrer, Optional<Descriptor> wanted, Deadline deadline)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            List<Descriptor> now = read(repository, subject, deadline);
            if (now.stream().anyMatch(entry -> entry.digest().equals(referrer)) == wanted.isPresent()) {
                return;
            }
            if (attempt > ATTEMPTS) {
                break;
            }
            List<Descriptor> next = new ArrayList<>(now);
            next.removeIf(entry -> entry.digest().equals(referrer));
            wanted.ifPresent(next::add);
            try {
                put(repository, subject, next, deadline);
            } catch (RegistryException e) {
                // Most registries refuse an index with an entry that somebody deleted without tidying up.
                if (e.status() != 400 && e.status() != 404) {
                    throw e;
                }
                put(repository, subject, existing(repository, next, deadline), deadline);
            }
            endpoint.retries().jitter(attempt);
        }
        throw new RegistryException(repository + ": after " + ATTEMPTS + " attempts the list of referrers under "
                + tag(subject) + " still lacks our change; too many writers at once? Push again");
    }

    private void put(Repository repository, Digest subject, List<Descriptor> entries, Deadline deadline)
            throws IOException {
        byte[] index = Index.create(entries).bytes();
        manifests.put(repository, index, MediaTypes.OCI_INDEX, Optional.of(tag(subject)), deadline);
    }

    private List<Descriptor> existing(Repository repository, List<Descriptor> entries, Deadline deadline)
            throws IOException {
        List<Descriptor> existing = new ArrayList<>();
        for (Descriptor entry : entries) {
            if (manifests.names(repository, entry.digest().toString(), entry.digest(), deadline)) {
                existing.add(entry);
            }
        }
        return existing;
    }
}
