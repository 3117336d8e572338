package dev.hotpatch.registryclient.auth;

import dev.hotpatch.registryclient.NotAuthorisedException;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.transport.Deadline;
import dev.hotpatch.registryclient.transport.Origin;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Turns challenges and credentials into {@code Authorization} headers, and remembers them while they last. For any thread. */
public final class Authorizer {
    private final CredentialSource credentials;
    private final TokenClient tokens;
    private final Clock clock;
    private final Map<Key, Header> known = new ConcurrentHashMap<>();

    public Authorizer(CredentialSource credentials, TokenClient tokens, Clock clock) {
        this.credentials = credentials;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The header that worked last time for this, if it is still good. */
    public Optional<String> known(URI registry, Repository repository, Set<String> scopes) {
        Header header = known.get(new Key(Origin.of(registry), repository, Set.copyOf(scopes)));
        return header != null && clock.instant().isBefore(header.expires)
                ? Optional.of(header.value)
                : Optional.empty();
    }

    /**
     * Answers a 401. What was remembered is forgotten, so that a token which was withdrawn early is replaced.
     *
     * @param challenges the values of {@code WWW-Authenticate}
     * @throws NotAuthorisedException if no challenge can be met
     */
    public String answer(
            URI registry, Repository repository, Set<String> scopes, List<String> challenges, Deadline deadline)
            throws IOException {
        Key key = new Key(Origin.of(registry), repository, Set.copyOf(scopes));
        known.remove(key);
        Optional<Credential> credential = credentials.find(repository);
        List<Challenge> offered = ChallengeParser.parse(challenges);
        Header header;
        if (credential.orElse(null) instanceof Credential.RegistryToken token) {
            header = new Header("Bearer " + token.token(), Instant.MAX);
        } else {
            Optional<Challenge> bearer = offered.stream()
                    .filter(challenge -> challenge.scheme().equals("bearer"))
                    .findFirst();
            header = bearer.isPresent()
                    ? bearer(registry, repository, bearer.get(), scopes, credential, deadline)
                    : basic(repository, offered, credential);
        }
        known.put(key, header);
        return header.value;
    }

    private Header bearer(
            URI registry,
            Repository repository,
            Challenge challenge,
            Set<String> scopes,
            Optional<Credential> credential,
            Deadline deadline)
            throws IOException {
        Set<String> wanted = new TreeSet<>(scopes);
        challenge
                .parameter("scope")
                .ifPresent(scope -> wanted.addAll(List.of(scope.strip().split(" +", -1))));
        wanted.remove("");
        TokenClient.Token token = tokens.fetch(registry, repository, challenge, wanted, credential, deadline);
        return new Header("Bearer " + token.value(), token.expires());
    }

    private static Header basic(Repository repository, List<Challenge> offered, Optional<Credential> credential)
            throws NotAuthorisedException {
        if (offered.stream().noneMatch(challenge -> challenge.scheme().equals("basic"))) {
            throw new NotAuthorisedException(
                    repository.host() + " asks for a proof of identity that is neither Basic nor Bearer: "
                            + offered.stream().map(Challenge::scheme).toList(),
                    401);
        }
        if (credential.orElse(null) instanceof Credential.Password password) {
            String pair = password.user() + ":" + password.password();
            return new Header(
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)), Instant.MAX);
        }
        throw new NotAuthorisedException(
                repository.host() + " asks for a user and a password, and none was found for " + repository
                        + "; log in to it (docker login, podman login) or give a user and a password",
                401);
    }

    private record Key(Origin registry, Repository repository, Set<String> scopes) {}

    private record Header(String value, Instant expires) {
        @Override
        public String toString() {
            return "header until " + expires;
        }
    }
}
