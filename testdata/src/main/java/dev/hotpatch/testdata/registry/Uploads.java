package dev.hotpatch.testdata.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /v2/<name>/blobs/uploads/}. Every answer hands out a new Location with a new {@code _state}; writing with an older one
 * is refused, asking with one is not.
 */
final class Uploads {
    private static final Pattern CONTENT_RANGE = Pattern.compile("(?:bytes )?(\\d{1,18})-(\\d{1,18})(?:/.*)?");

    private final Store store;
    private final long maxBlobBytes;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    Uploads(Store store, long maxBlobBytes) {
        this.store = store;
        this.maxBlobBytes = maxBlobBytes;
    }

    /** POST: opens a session, or takes the whole blob, or mounts one. */
    Reply open(Request request, String repository, boolean mayMount) throws IOException, RegistryError {
        Optional<String> mount = request.parameter("mount").filter(Router::isDigest);
        Optional<String> from = request.parameter("from").filter(Router::isRepository);
        if (mayMount && mount.isPresent() && from.isPresent()) {
            if (store.blob(from.get(), mount.get()).isPresent()) {
                store.mount(repository, mount.get());
                return created(repository, mount.get());
            }
        }
        Session session = new Session(UUID.randomUUID().toString(), repository);
        Files.createFile(store.upload(session.id));
        sessions.put(session.id, session);
        Optional<String> digest = request.parameter("digest");
        if (digest.isPresent() && mount.isEmpty()) {
            synchronized (session) {
                append(request, session);
                return commit(session, digest.get());
            }
        }
        return session.progress(202);
    }

    /** Everything below {@code uploads/<id>}. */
    Reply handle(Request request, String repository, String id) throws IOException, RegistryError {
        Session session = sessions.get(id);
        if (session == null || !session.repository.equals(repository)) {
            throw RegistryError.of(404, "BLOB_UPLOAD_UNKNOWN", "no upload " + id);
        }
        synchronized (session) {
            return switch (request.method()) {
                case "GET", "HEAD" -> session.progress(204);
                case "PATCH" -> {
                    session.requireCurrent(request);
                    append(request, session);
                    yield session.progress(202);
                }
                case "PUT" -> {
                    session.requireCurrent(request);
                    append(request, session);
                    yield commit(session, request.parameter("digest").orElse(""));
                }
                case "DELETE" -> {
                    sessions.remove(id);
                    Files.deleteIfExists(store.upload(id));
                    yield Reply.empty(204);
                }
                default -> throw RegistryError.of(405, "UNSUPPORTED", request.method() + " on an upload");
            };
        }
    }

    private void append(Request request, Session session) throws IOException, RegistryError {
        Optional<String> range = request.header("Content-Range");
        if (range.isPresent()) {
            Matcher matcher = CONTENT_RANGE.matcher(range.get());
            if (!matcher.matches() || Long.parseLong(matcher.group(1)) != session.size) {
                throw RegistryError.of(
                        416,
                        "BLOB_UPLOAD_INVALID",
                        range.get() + " does not start at " + session.size,
                        session.progress(416).headers());
            }
        }
        try (OutputStream out = Files.newOutputStream(store.upload(session.id), StandardOpenOption.APPEND)) {
            InputStream in = request.body();
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (session.size + count > maxBlobBytes) {
                    throw RegistryError.of(413, "SIZE_INVALID", "a blob may have " + maxBlobBytes + " bytes");
                }
                out.write(buffer, 0, count);
                session.size += count;
            }
        }
    }

    private Reply commit(Session session, String digest) throws IOException, RegistryError {
        Path file = store.upload(session.id);
        if (!Router.isDigest(digest) || !digest.equals(digestOf(file))) {
            sessions.remove(session.id);
            Files.deleteIfExists(file);
            throw RegistryError.of(400, "DIGEST_INVALID", "the content does not have the digest " + digest);
        }
        sessions.remove(session.id);
        store.commit(session.repository, file, digest);
        return created(session.repository, digest);
    }

    private static String digestOf(Path file) throws IOException {
        MessageDigest sha256 = Store.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    }

    private static Reply created(String repository, String digest) {
        return Reply.empty(201)
                .with("Location", "/v2/" + repository + "/blobs/" + digest)
                .with("Docker-Content-Digest", digest);
    }

    private static final class Session {
        private final String id;
        private final String repository;
        private String state = "";
        private long size;

        Session(String id, String repository) {
            this.id = id;
            this.repository = repository;
        }

        Reply progress(int status) {
            state = UUID.randomUUID().toString();
            return Reply.empty(status)
                    .with("Location", "/v2/" + repository + "/blobs/uploads/" + id + "?_state=" + state)
                    .with("Docker-Upload-UUID", id)
                    .with("Range", "0-" + Math.max(0, size - 1));
        }

        void requireCurrent(Request request) throws RegistryError {
            if (!request.parameter("_state").orElse("").equals(state)) {
                throw RegistryError.of(404, "BLOB_UPLOAD_INVALID", "not the Location of the last answer");
            }
        }
    }
}
