package dev.hotpatch.registryclient.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.registryclient.NotAuthorisedException;
import dev.hotpatch.registryclient.RegistryException;
import dev.hotpatch.registryclient.auth.Credential;
import dev.hotpatch.registryclient.auth.CredentialSource;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.testdata.registry.Fault;
import dev.hotpatch.testdata.registry.InProcessRegistry;
import dev.hotpatch.testdata.registry.SeenRequest;
import dev.hotpatch.testdata.registry.TokenAuth;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
final class AuthorisationTest {
    private static final byte[] BYTES = Content.random(1000);
    private static final TokenAuth TOKENS = TokenAuth.of("user", "secret");

    private final MovableClock clock = new MovableClock();

    @Test
    void provesItselfWithAPasswordOnlyWhenAsked() throws Exception {
        try (InProcessRegistry server =
                        InProcessRegistry.builder().basicAuth("user", "secret").start();
                Registry client = client(CredentialSource.password("user", "secret"))) {
            Content.push(client, Content.repository(server), BYTES);
            assertEquals("", server.requests().get(0).header("Authorization"));
            assertTrue(server.requests().get(1).header("Authorization").startsWith("Basic "));
            assertEquals(1, refusals(server));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "access_token"})
    void fetchesATokenOnceForEachScope(String field) throws Exception {
        try (InProcessRegistry server = InProcessRegistry.builder()
                        .tokenAuth(TOKENS.withField(field))
                        .start();
                Registry client = client(CredentialSource.password("user", "secret"))) {
            Repository repository = Content.repository(server);
            Content.push(client, repository, BYTES);
            client.blob(repository, Content.blob(BYTES), 1000);
            client.blob(repository, Content.blob(BYTES), 1000);
            List<SeenRequest> tokens = tokenRequests(server);
            assertEquals(2, tokens.size(), tokens.toString());
            assertTrue(tokens.get(0).query().contains("scope=repository%3Ateam%2Fapp%3Apull%2Cpush"));
            assertTrue(tokens.get(0).query().contains("service=in-process"));
        }
    }

    @Test
    void asksForBothScopesToMount() throws Exception {
        try (InProcessRegistry server =
                        InProcessRegistry.builder().tokenAuth(TOKENS).start();
                Registry client = client(CredentialSource.password("user", "secret"))) {
            Repository from = Content.repository(server);
            Content.push(client, from, BYTES);
            Repository to = new Repository(server.host(), "team/to");
            assertFalse(client.pushBlob(to, Content.blob(BYTES), BlobSource.of(BYTES), Optional.of(from)));
            String query = tokenRequests(server).get(1).query();
            assertTrue(query.contains("team%2Fapp%3Apull") && query.contains("team%2Fto%3Apull%2Cpush"), query);
        }
    }

    @Test
    void replacesATokenBeforeItExpires() throws Exception {
        try (InProcessRegistry server = InProcessRegistry.builder()
                        .clock(clock)
                        .tokenAuth(TOKENS.withLifetime(Duration.ofSeconds(100), true))
                        .start();
                Registry client = client(CredentialSource.password("user", "secret"))) {
            Repository repository = Content.repository(server);
            Content.push(client, repository, BYTES);
            clock.advance(Duration.ofSeconds(89));
            Content.push(client, repository, BYTES);
            assertEquals(1, tokenRequests(server).size());
            clock.advance(Duration.ofSeconds(2));
            Content.push(client, repository, BYTES);
            assertEquals(2, tokenRequests(server).size());
        }
    }

    @Test
    void takesATokenForAMinuteIfNothingIsSaid() throws Exception {
        try (InProcessRegistry server = InProcessRegistry.builder()
                        .clock(clock)
                        .tokenAuth(TOKENS.withLifetime(Duration.ofHours(1), false))
                        .start();
                Registry client = client(CredentialSource.password("user", "secret"))) {
            Content.push(client, Content.repository(server), BYTES);
            clock.advance(Duration.ofSeconds(61));
            Content.push(client, Content.repository(server), BYTES);
            assertEquals(2, tokenRequests(server).size());
        }
    }

    @Test
    void replacesATokenThatWasWithdrawn() throws Exception {
        try (InProcessRegistry server =
                        InProcessRegistry.builder().tokenAuth(TOKENS).start();
                Registry client = client(CredentialSource.password("user", "secret"))) {
            Content.push(client, Content.repository(server), BYTES);
            server.forgetTokens();
            Content.push(client, Content.repository(server), BYTES);
            assertEquals(2, tokenRequests(server).size());
        }
    }

    @Test
    void exchangesAnIdentityToken() throws Exception {
        try (InProcessRegistry server = InProcessRegistry.builder()
                        .tokenAuth(TOKENS.withIdentityToken("identity"))
                        .start();
                Registry client = client(repository -> Optional.of(new Credential.IdentityToken("identity")))) {
            Content.push(client, Content.repository(server), BYTES);
            assertEquals("POST", tokenRequests(server).get(0).method());
        }
    }

    @Test
    void pullsAnonymouslyWhereThatIsAllowed() throws Exception {
        try (InProcessRegistry server = InProcessRegistry.builder()
                        .tokenAuth(TOKENS.withAnonymousPull())
                        .start();
                Registry owner = client(CredentialSource.password("user", "secret"));
                Registry guest = client(CredentialSource.anonymous())) {
            Repository repository = Content.repository(server);
            Content.push(owner, repository, BYTES);
            guest.blob(repository, Content.blob(BYTES), 1000);
            assertThrows(NotAuthorisedException.class, () -> Content.push(guest, repository, Content.random(20)));
        }
    }

    @Test
    void saysWhoWasRefusedWithoutTheSecret() throws Exception {
        try (InProcessRegistry server =
                        InProcessRegistry.builder().tokenAuth(TOKENS).start();
                Registry client = client(CredentialSource.password("user", "guess"))) {
            NotAuthorisedException refusal =
                    assertThrows(NotAuthorisedException.class, () -> client.tags(Content.repository(server)));
            String message = String.valueOf(refusal.getMessage());
            assertTrue(message.contains("user") && !message.contains("guess"), message);
        }
    }

    @Test
    void followsNoRedirectOfATokenService() throws Exception {
        try (InProcessRegistry server =
                        InProcessRegistry.builder().tokenAuth(TOKENS).start();
                InProcessRegistry thief = InProcessRegistry.start();
                Registry client = client(CredentialSource.password("user", "secret"))) {
            server.faults().next("GET", "/token", Fault.redirect(307, "http://" + thief.host() + "/token"));
            assertThrows(IOException.class, () -> client.tags(Content.repository(server)));
            assertEquals(List.of(), thief.requests());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user:pw@127.0.0.1:1/t", "ftp://127.0.0.1/t", "//127.0.0.1/t", "no address"})
    void refusesAStrangeRealm(String realm) throws Exception {
        try (InProcessRegistry server = InProcessRegistry.builder()
                        .tokenAuth(TOKENS)
                        .realm(realm)
                        .start();
                Registry client = client(CredentialSource.password("user", "secret"))) {
            assertThrows(RegistryException.class, () -> client.tags(Content.repository(server)));
        }
    }

    private Registry client(CredentialSource credentials) throws IOException {
        return Registry.open(Content.options().credentials(credentials).clock(clock));
    }

    private static List<SeenRequest> tokenRequests(InProcessRegistry server) {
        return server.requests().stream()
                .filter(request -> request.path().equals("/token"))
                .toList();
    }

    private static long refusals(InProcessRegistry server) {
        return server.requests().stream()
                .filter(request -> request.header("Authorization").isEmpty())
                .count();
    }
}
