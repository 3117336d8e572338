package dev.hotpatch.testdata.registry;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends each request to its handler, once access is granted (OCI distribution specification 1.1). */
final class Router {
    private static final String NAME = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern REPOSITORY = Pattern.compile(NAME + "(?:/" + NAME + ")*");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
    private static final Pattern PATH =
            Pattern.compile("/v2/(.{1,255})/(?:(blobs/uploads|blobs|manifests|referrers)/([^/]*)|(tags/list))");

    private final Access access;
    private final Blobs blobs;
    private final Uploads uploads;
    private final Manifests manifests;
    private final Listings listings;
    private final boolean referrers;

    Router(Access access, Blobs blobs, Uploads uploads, Manifests manifests, Listings listings, boolean referrers) {
        this.access = access;
        this.blobs = blobs;
        this.uploads = uploads;
        this.manifests = manifests;
        this.listings = listings;
        this.referrers = referrers;
    }

    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    static boolean isRepository(String text) {
        return text.length() <= 255 && REPOSITORY.matcher(text).matches();
    }

    Reply handle(Request request) throws IOException {
        try {
            return route(request).with("Docker-Distribution-Api-Version", "registry/2.0");
        } catch (RegistryError e) {
            return e.reply().with("Docker-Distribution-Api-Version", "registry/2.0");
        }
    }

    private Reply route(Request request) throws IOException, RegistryError {
        String path = request.path().replace("%3A", ":").replace("%3a", ":");
        if (path.equals("/token") && access instanceof TokenService tokens) {
            return tokens.issue(request);
        }
        if (path.equals("/v2/") || path.equals("/v2")) {
            admit(request, "", false);
            return Reply.bytes(200, "application/json", Json.write(Map.of()));
        }
        if (path.equals("/v2/_catalog")) {
            admit(request, "", false);
            return listings.repositories(request);
        }
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw RegistryError.of(404, "NOT_FOUND", "no such path");
        }
        String repository = parts.group(1);
        if (!isRepository(repository)) {
            throw RegistryError.of(400, "NAME_INVALID", "not a repository name: " + repository);
        }
        admit(request, repository, !request.is("GET", "HEAD"));
        if (parts.group(4) != null) {
            return listings.tags(request, repository);
        }
        return content(request, repository, parts.group(2), parts.group(3));
    }

    private Reply content(Request request, String repository, String kind, String reference)
            throws IOException, RegistryError {
        boolean digest = isDigest(reference);
        return switch (kind) {
            case "blobs/uploads" -> upload(request, repository, reference);
            case "manifests" -> {
                if (!digest && !TAG.matcher(reference).matches()) {
                    throw RegistryError.of(400, "TAG_INVALID", "neither a tag nor a digest: " + reference);
                }
                yield manifests.handle(request, repository, reference);
            }
            case "referrers" -> {
                if (!referrers || !digest || !request.is("GET", "HEAD")) {
                    throw RegistryError.of(404, "NOT_FOUND", "no such path");
                }
                yield listings.referrers(request, repository, reference);
            }
            default -> {
                if (!digest) {
                    throw RegistryError.of(400, "DIGEST_INVALID", "not a digest: " + reference);
                }
                yield blobs.handle(request, repository, reference);
            }
        };
    }

    private Reply upload(Request request, String repository, String session) throws IOException, RegistryError {
        if (!session.isEmpty()) {
            return uploads.handle(request, repository, session);
        }
        if (!request.is("POST")) {
            throw RegistryError.of(405, "UNSUPPORTED", request.method() + " on uploads");
        }
        Optional<String> from = request.parameter("from").filter(Router::isRepository);
        boolean mayMount = from.isPresent()
                && access.challenge(request, new Access.Scope(from.get(), false))
                        .isEmpty();
        return uploads.open(request, repository, mayMount);
    }

    private void admit(Request request, String repository, boolean write) throws RegistryError {
        Optional<String> challenge = access.challenge(request, new Access.Scope(repository, write));
        if (challenge.isPresent()) {
            throw RegistryError.of(
                    401, "UNAUTHORIZED", "authentication required", Map.of("WWW-Authenticate", challenge.get()));
        }
    }
}
