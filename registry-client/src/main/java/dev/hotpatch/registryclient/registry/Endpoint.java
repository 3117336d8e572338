package dev.hotpatch.registryclient.registry;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.registryclient.NotAuthorisedException;
import dev.hotpatch.registryclient.NotFoundException;
import dev.hotpatch.registryclient.RegistryException;
import dev.hotpatch.registryclient.auth.Authorizer;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.transport.Deadline;
import dev.hotpatch.registryclient.transport.HttpTransport;
import dev.hotpatch.registryclient.transport.Incoming;
import dev.hotpatch.registryclient.transport.Origin;
import dev.hotpatch.registryclient.transport.Outgoing;
import dev.hotpatch.registryclient.transport.Retries;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks registries as the right user, and turns refusals into exceptions. For any thread. */
final class Endpoint {
    private static final int MAX_ERROR = 16 * 1024;
    private static final int MAX_WORDS = 300;

    private final HttpTransport transport;
    private final Authorizer authorizer;
    private final Retries retries;
    private final Predicate<String> speaksHttp;
    private final Clock clock;
    private final Duration total;

    Endpoint(
            HttpTransport transport,
            Authorizer authorizer,
            Retries retries,
            Predicate<String> speaksHttp,
            Clock clock,
            Duration total) {
        this.transport = transport;
        this.authorizer = authorizer;
        this.retries = retries;
        this.speaksHttp = speaksHttp;
        this.clock = clock;
        this.total = total;
    }

    Deadline deadline() {
        return Deadline.in(total, clock);
    }

    Retries retries() {
        return retries;
    }

    /** {@code /v2/<repository>/<rest>} of the repository's registry. */
    URI uri(Repository repository, String rest) {
        String scheme = speaksHttp.test(repository.host()) ? "http" : "https";
        return URI.create(scheme + "://" + repository.endpoint() + "/v2/" + repository.path() + "/" + rest);
    }

    static Set<String> toPull(Repository repository) {
        return Set.of("repository:" + repository.path() + ":pull");
    }

    static Set<String> toPush(Repository repository) {
        return Set.of("repository:" + repository.path() + ":pull,push");
    }

    static Set<String> toDelete(Repository repository) {
        return Set.of("repository:" + repository.path() + ":pull,push,delete");
    }

    /** Sends a request, once; a challenge is answered once. The caller closes the answer, whatever its status is. */
    Incoming send(Repository repository, Set<String> scopes, Outgoing request, Deadline deadline) throws IOException {
        URI registry = uri(repository, "");
        requireOrigin(repository, request.uri());
        Optional<String> known = authorizer.known(registry, repository, scopes);
        Incoming reply = transport.follow(
                known.map(header -> request.with("Authorization", header)).orElse(request), deadline);
        List<String> challenges = reply.headers("WWW-Authenticate");
        boolean ours = Origin.of(reply.request().uri()).equals(Origin.of(registry));
        if (reply.status() != 401 || challenges.isEmpty() || !ours) {
            return reply;
        }
        reply.close();
        String header = authorizer.answer(registry, repository, scopes, challenges, deadline);
        return transport.follow(request.with("Authorization", header), deadline);
    }

    /** Refuses an address, named by an answer, that would carry our credentials or content to somebody else. */
    void requireOrigin(Repository repository, URI uri) throws RegistryException {
        Origin registry = Origin.of(uri(repository, ""));
        Origin other;
        try {
            other = Origin.of(uri);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(registry + " named an address that is " + e.getMessage());
        }
        if (!other.equals(registry)) {
            throw new RegistryException(registry + " wants the work to go on at " + other
                    + "; refused. If that is the same registry behind a proxy, its external address is not configured");
        }
    }

    /** What a refusal means; the answer stays open. */
    RegistryException failure(Incoming reply, Repository repository, String what) {
        int status = reply.status();
        String said = what + " " + repository + ": the registry answered " + status + words(reply);
        if (status == 401 || status == 403) {
            return new NotAuthorisedException(
                    said + "; log in to " + repository.host() + ", or ask for access to the repository", status);
        }
        return status == 404
                ? new NotFoundException(said)
                : new RegistryException(said, status, retryAfter(reply.header("Retry-After")));
    }

    /** The registry's own words, which are foreign: bounded and printable. */
    private static String words(Incoming reply) {
        try {
            JsonObject json = JsonObject.parse(reply.body().readNBytes(MAX_ERROR), "error");
            StringBuilder words = new StringBuilder();
            for (JsonObject error : json.objects("errors", 16)) {
                words.append(words.isEmpty() ? " (" : ", ")
                        .append(error.optionalString("code", 64).orElse(""))
                        .append(error.optionalString("message", MAX_ERROR)
                                .map(message -> ": " + message)
                                .orElse(""));
            }
            String text = words.toString().replaceAll("\\P{Print}", "?");
            return text.isEmpty() ? "" : text.substring(0, Math.min(MAX_WORDS, text.length())) + ")";
        } catch (JsonException e) {
            return "";
        } catch (IOException e) {
            return " (and no more)";
        }
    }

    private @Nullable Duration retryAfter(Optional<String> header) {
        if (header.isEmpty()) {
            return null;
        }
        String value = header.get().strip();
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            ZonedDateTime when = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(clock.instant(), when.toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
