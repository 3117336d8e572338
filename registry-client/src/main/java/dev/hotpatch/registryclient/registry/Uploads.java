package dev.hotpatch.registryclient.registry;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.registryclient.RegistryException;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.transport.Deadline;
import dev.hotpatch.registryclient.transport.HttpTransport;
import dev.hotpatch.registryclient.transport.Incoming;
import dev.hotpatch.registryclient.transport.Outgoing;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends blobs. Nothing is sent twice blindly: after a failure the digest is looked for, then the session is asked how far it got, and
 * only the rest is sent, at the Location that the last answer named.
 */
final class Uploads {
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d{1,18})");

    private final Endpoint endpoint;
    private final long chunkBytes;
    private final Progress progress;

    Uploads(Endpoint endpoint, long chunkBytes, Progress progress) {
        this.endpoint = endpoint;
        this.chunkBytes = chunkBytes;
        this.progress = progress;
    }

    /** Returns whether anything was sent; false if the registry had the blob, or took it over from {@code mountFrom}. */
    boolean push(Repository repository, Descriptor blob, BlobSource source, Optional<Repository> mountFrom)
            throws IOException {
        Deadline deadline = endpoint.deadline();
        Transfer transfer = new Transfer(repository, blob, source, mountFrom, deadline);
        int failures = 0;
        while (true) {
            long before = transfer.offset;
            try {
                return transfer.run();
            } catch (IOException e) {
                failures = transfer.offset > before ? 1 : failures + 1;
                deadline.remaining();
                endpoint.retries().pauseAfter(e, failures, deadline);
                transfer.interrupted = true;
            }
        }
    }

    private final class Transfer {
        private final Repository repository;
        private final Descriptor blob;
        private final BlobSource source;
        private final Optional<Repository> mountFrom;
        private final Deadline deadline;
        private final Set<String> scopes;
        private @Nullable URI session;
        private long offset;
        private boolean interrupted;

        Transfer(
                Repository repository,
                Descriptor blob,
                BlobSource source,
                Optional<Repository> mountFrom,
                Deadline deadline) {
            this.repository = repository;
            this.blob = blob;
            this.source = source;
            // Another registry's blobs cannot be mounted.
            this.mountFrom = mountFrom.filter(from -> from.host().equals(repository.host()));
            this.deadline = deadline;
            this.scopes = new HashSet<>(Endpoint.toPush(repository));
            this.mountFrom.ifPresent(from -> scopes.addAll(Endpoint.toPull(from)));
        }

        boolean run() throws IOException {
            if (present()) {
                return session != null;
            }
            if (interrupted && session != null) {
                resume(session);
            }
            if (session == null && mounted()) {
                return false;
            }
            while (blob.size() > chunkBytes && offset < blob.size()) {
                patch();
            }
            commit();
            return true;
        }

        private boolean present() throws IOException {
            Outgoing request = Outgoing.of("HEAD", endpoint.uri(repository, "blobs/" + blob.digest()));
            try (Incoming reply = send(request)) {
                if (reply.status() == 200) {
                    return true;
                }
                if (reply.status() == 404 || reply.status() == 405) {
                    return false;
                }
                throw endpoint.failure(reply, repository, "look for blob " + blob.digest() + " in");
            }
        }

        /** Opens a session; true if the registry could take the blob from another repository instead. */
        private boolean mounted() throws IOException {
            String query = mountFrom
                    .map(from -> "?mount=" + blob.digest() + "&from="
                            + URLEncoder.encode(from.path(), StandardCharsets.UTF_8))
                    .orElse("");
            Outgoing request = Outgoing.of("POST", endpoint.uri(repository, "blobs/uploads/" + query));
            try (Incoming reply = send(request)) {
                if (reply.status() == 201) {
                    return true;
                }
                if (reply.status() != 202) {
                    throw endpoint.failure(reply, repository, "begin the upload of " + blob.digest() + " to");
                }
                offset = 0;
                session = location(reply);
                return false;
            }
        }

        /** Asks a session how far it got; forgets it if it is gone, or got nowhere. */
        private void resume(URI known) throws IOException {
            interrupted = false;
            session = null;
            try (Incoming reply = send(Outgoing.get(known))) {
                Optional<Long> received = received(reply);
                // "0-0" is what some registries say for one byte and others for none.
                if (reply.status() / 100 == 2 && received.isPresent() && received.get() > 1) {
                    offset = received.get();
                    session = location(reply);
                } else if (reply.status() == 401 || reply.status() == 403 || reply.status() >= 500) {
                    session = known;
                    interrupted = true;
                    throw endpoint.failure(reply, repository, "ask about the upload of " + blob.digest() + " to");
                }
            }
            if (offset > blob.size()) {
                session = null;
            }
        }

        private void patch() throws IOException {
            long length = Math.min(chunkBytes, blob.size() - offset);
            Outgoing request = Outgoing.of("PATCH", current())
                    .with(body(offset, length))
                    .with("Content-Range", offset + "-" + (offset + length - 1));
            try (Incoming reply = send(request)) {
                if (reply.status() / 100 != 2) {
                    throw endpoint.failure(reply, repository, "send a part of " + blob.digest() + " to");
                }
                long expected = offset + length;
                long received = received(reply).orElse(expected);
                if (received != expected) {
                    throw new RegistryException("send a part of " + blob.digest() + " to " + repository
                            + ": the registry has " + received + " bytes, sent were " + expected);
                }
                offset = expected;
                session = location(reply);
            }
        }

        /** Sends what is left, usually everything or nothing, and closes the session. */
        private void commit() throws IOException {
            URI location = current();
            String separator = location.getRawQuery() == null ? "?" : "&";
            URI target = URI.create(location + separator + "digest=" + blob.digest());
            Outgoing request = Outgoing.of("PUT", target).with(body(offset, blob.size() - offset));
            if (offset > 0 && offset < blob.size()) {
                request = request.with("Content-Range", offset + "-" + (blob.size() - 1));
            }
            try (Incoming reply = send(request)) {
                if (reply.status() / 100 != 2) {
                    throw endpoint.failure(reply, repository, "finish the upload of " + blob.digest() + " to");
                }
                progress.transferred(blob, blob.size());
            }
        }

        private Outgoing.Body body(long from, long length) {
            return new Outgoing.Body(
                    "application/octet-stream",
                    length,
                    () -> new CountingStream(source.open(from), count -> progress.transferred(blob, from + count)));
        }

        private URI current() throws RegistryException {
            if (session == null) {
                throw new RegistryException("upload of " + blob.digest() + " to " + repository + ": no session");
            }
            return session;
        }

        private URI location(Incoming reply) throws RegistryException {
            String location = reply.header("Location")
                    .orElseThrow(() -> new RegistryException("upload of " + blob.digest() + " to " + repository
                            + ": the registry's answer has no Location"));
            URI uri = HttpTransport.resolve(reply.request(), location);
            endpoint.requireOrigin(repository, uri);
            return uri;
        }

        private Incoming send(Outgoing request) throws IOException {
            return endpoint.send(repository, scopes, request, deadline);
        }
    }

    private static Optional<Long> received(Incoming reply) {
        Matcher range = RANGE.matcher(reply.header("Range").orElse("").strip());
        return range.matches() ? Optional.of(Long.parseLong(range.group(1)) + 1) : Optional.empty();
    }
}
