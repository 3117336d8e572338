package dev.hotpatch.registryclient.auth;

import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.registryclient.NotAuthorisedException;
import dev.hotpatch.registryclient.RegistryException;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.transport.AddressRules;
import dev.hotpatch.registryclient.transport.Deadline;
import dev.hotpatch.registryclient.transport.HttpTransport;
import dev.hotpatch.registryclient.transport.Incoming;
import dev.hotpatch.registryclient.transport.Outgoing;
import dev.hotpatch.registryclient.transport.Retries;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fetches bearer tokens from the service that a challenge names: by GET, with Basic where there is a password, and by POST as OAuth
 * 2 where there is an identity token. No redirect is followed. For any thread.
 */
public final class TokenClient {
    private static final int MAX_ANSWER = 256 * 1024;
    private static final int MAX_TOKEN = 64 * 1024;
    private static final long DEFAULT_SECONDS = 60;
    private static final long MAX_SECONDS = 24 * 3600;

    private final HttpTransport transport;
    private final AddressRules rules;
    private final Retries retries;
    private final Clock clock;
    private final Map<String, String> rotated = new ConcurrentHashMap<>();

    public TokenClient(HttpTransport transport, AddressRules rules, Retries retries, Clock clock) {
        this.transport = transport;
        this.rules = rules;
        this.retries = retries;
        this.clock = clock;
    }

    Token fetch(
            URI registry,
            Repository repository,
            Challenge challenge,
            Set<String> scopes,
            Optional<Credential> credential,
            Deadline deadline)
            throws IOException {
        URI realm = realm(registry, challenge);
        StringBuilder form = new StringBuilder();
        challenge.parameter("service").ifPresent(service -> append(form, "service", service));
        Outgoing request;
        if (credential.orElse(null) instanceof Credential.IdentityToken identity) {
            append(form, "client_id", "hotpatch");
            append(form, "grant_type", "refresh_token");
            append(form, "scope", String.join(" ", scopes));
            append(form, "refresh_token", rotated.getOrDefault(identity.token(), identity.token()));
            byte[] body = form.toString().getBytes(StandardCharsets.UTF_8);
            request = Outgoing.of("POST", realm).with(Outgoing.Body.of("application/x-www-form-urlencoded", body));
        } else {
            scopes.forEach(scope -> append(form, "scope", scope));
            String query = realm.getRawQuery() == null ? "" : realm.getRawQuery() + "&";
            String base = realm.toString().replaceFirst("[?#].*$", "");
            request = Outgoing.get(URI.create(base + "?" + query + form));
            if (credential.orElse(null) instanceof Credential.Password password) {
                byte[] pair = (password.user() + ":" + password.password()).getBytes(StandardCharsets.UTF_8);
                request = request.with(
                        "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
            }
        }
        Outgoing asked = request;
        // A token request changes nothing on the other side, so it may be repeated.
        return retries.run(deadline, () -> ask(asked, repository, credential, deadline));
    }

    private Token ask(Outgoing request, Repository repository, Optional<Credential> credential, Deadline deadline)
            throws IOException {
        try (Incoming reply = transport.send(request, deadline)) {
            if (reply.status() == 401 || reply.status() == 403 || reply.status() == 400) {
                String who = credential.map(Object::toString).orElse("nobody (no credential was found)");
                throw new NotAuthorisedException(
                        "the token service of " + repository.host() + " refused " + who + " for " + repository + " ("
                                + reply.status() + "); log in again, or ask for access to the repository",
                        reply.status());
            }
            if (reply.status() != 200) {
                throw new RegistryException(
                        request + ": the token service of " + repository.host() + " answered " + reply.status(),
                        reply.status(),
                        null);
            }
            JsonObject json = JsonObject.parse(reply.bytes(MAX_ANSWER), "token answer of " + repository.host());
            String token = json.optionalString("token", MAX_TOKEN).orElse("");
            if (token.isEmpty()) {
                token = json.string("access_token", MAX_TOKEN);
            }
            requireHeaderText(token, repository);
            if (credential.orElse(null) instanceof Credential.IdentityToken identity) {
                json.optionalString("refresh_token", MAX_TOKEN)
                        .filter(value -> !value.isEmpty())
                        .ifPresent(value -> rotated.put(identity.token(), value));
            }
            long seconds = json.has("expires_in")
                    ? Math.min(MAX_SECONDS, json.number("expires_in", 0, Long.MAX_VALUE))
                    : DEFAULT_SECONDS;
            // A tenth less, so that it does not expire on its way.
            return new Token(token, clock.instant().plusSeconds(seconds - seconds / 10));
        }
    }

    private URI realm(URI registry, Challenge challenge) throws RegistryException {
        String text = challenge
                .parameter("realm")
                .orElseThrow(
                        () -> new NotAuthorisedException(registry.getHost() + ": Bearer challenge without realm", 401));
        URI realm;
        try {
            realm = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(registry.getHost() + ": the challenge's realm is not an address", e);
        }
        rules.check(registry, realm, "token service");
        return realm;
    }

    private static void requireHeaderText(String token, Repository repository) throws RegistryException {
        if (!token.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new RegistryException(
                    "the token service of " + repository.host() + " sent a token with unprintable characters");
        }
    }

    private static void append(StringBuilder form, String name, String value) {
        if (form.length() > 0) {
            form.append('&');
        }
        form.append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    /** A bearer token and the moment from which it is not used any more. */
    record Token(String value, Instant expires) {
        @Override
        public String toString() {
            return "token until " + expires;
        }
    }
}
