package dev.hotpatch.testdata.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /v2/<name>/manifests/<tag or digest>}. */
final class Manifests {
    static final int MAX_BYTES = 4 << 20;

    private final Store store;
    private final boolean referrers;

    Manifests(Store store, boolean referrers) {
        this.store = store;
        this.referrers = referrers;
    }

    Reply handle(Request request, String repository, String reference) throws IOException, RegistryError {
        return switch (request.method()) {
            case "GET", "HEAD" -> get(request, repository, reference);
            case "PUT" -> put(request, repository, reference);
            case "DELETE" -> delete(repository, reference);
            default -> throw RegistryError.of(405, "UNSUPPORTED", request.method() + " on a manifest");
        };
    }

    private Reply get(Request request, String repository, String reference) throws IOException, RegistryError {
        StoredManifest manifest = store.manifest(repository, reference).orElseThrow(() -> unknown(reference));
        String accept = request.header("Accept").orElse("*/*");
        if (!accept.contains(manifest.mediaType()) && !accept.contains("*/*")) {
            throw unknown(reference + " as " + accept);
        }
        String tag = "\"" + manifest.digest() + "\"";
        Reply reply = request.header("If-None-Match").orElse("").equals(tag)
                ? Reply.empty(304)
                : Reply.bytes(200, manifest.mediaType(), manifest.bytes());
        return reply.with("Docker-Content-Digest", manifest.digest()).with("Etag", tag);
    }

    private Reply put(Request request, String repository, String reference) throws IOException, RegistryError {
        byte[] bytes = request.bytes(MAX_BYTES);
        String digest = Store.digest(bytes);
        boolean byDigest = Router.isDigest(reference);
        if (byDigest && !reference.equals(digest)) {
            throw RegistryError.of(400, "DIGEST_INVALID", "the manifest has the digest " + digest);
        }
        Map<String, @Nullable Object> json;
        try {
            json = Json.object(bytes);
        } catch (IllegalArgumentException e) {
            throw RegistryError.of(400, "MANIFEST_INVALID", String.valueOf(e.getMessage()));
        }
        String said = Json.string(json.get("mediaType"));
        String type = request.header("Content-Type").orElse(said);
        if (type.isEmpty() || (!said.isEmpty() && !said.equals(type))) {
            throw RegistryError.of(400, "MANIFEST_INVALID", "mediaType " + said + ", Content-Type " + type);
        }
        requireContent(repository, json);
        StoredManifest manifest = new StoredManifest(digest, type, bytes);
        store.putManifest(repository, manifest, byDigest ? Optional.empty() : Optional.of(reference));
        Reply reply = Reply.empty(201)
                .with("Location", "/v2/" + repository + "/manifests/" + digest)
                .with("Docker-Content-Digest", digest);
        String subject = manifest.subject();
        return referrers && !subject.isEmpty() ? reply.with("OCI-Subject", subject) : reply;
    }

    private Reply delete(String repository, String reference) throws IOException, RegistryError {
        boolean deleted = Router.isDigest(reference)
                ? store.deleteManifest(repository, reference)
                : store.deleteTag(repository, reference);
        if (!deleted) {
            throw unknown(reference);
        }
        return Reply.empty(202);
    }

    /** What a manifest names must be there before it; a subject need not. */
    private void requireContent(String repository, Map<String, @Nullable Object> json)
            throws IOException, RegistryError {
        List<@Nullable Object> blobs = new ArrayList<>(Json.list(json.get("layers")));
        blobs.add(json.get("config"));
        for (Object blob : blobs) {
            Map<String, @Nullable Object> descriptor = Json.map(blob);
            String digest = Json.string(descriptor.get("digest"));
            boolean elsewhere = !Json.list(descriptor.get("urls")).isEmpty();
            if (!descriptor.isEmpty()
                    && !elsewhere
                    && (!Router.isDigest(digest)
                            || store.blob(repository, digest).isEmpty())) {
                throw RegistryError.of(404, "MANIFEST_BLOB_UNKNOWN", "no blob " + digest);
            }
        }
        for (Object child : Json.list(json.get("manifests"))) {
            String digest = Json.string(Json.map(child).get("digest"));
            if (!Router.isDigest(digest) || store.manifest(repository, digest).isEmpty()) {
                throw RegistryError.of(404, "MANIFEST_UNKNOWN", "no manifest " + digest);
            }
        }
    }

    private static RegistryError unknown(String what) {
        return RegistryError.of(404, "MANIFEST_UNKNOWN", "no manifest " + what);
    }
}
