package dev.hotpatch.registryclient.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.registryclient.RegistryException;
import dev.hotpatch.registryclient.auth.CredentialSource;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.registryclient.transport.RetryPolicy;
import dev.hotpatch.testdata.registry.Fault;
import dev.hotpatch.testdata.registry.InProcessRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects, retries and deadlines. */
@NullMarked
final class HttpBehaviourTest {
    private static final byte[] BYTES = Content.random(5000);
    private static final String BLOB = "/blobs/" + Content.blob(BYTES).digest();

    private final MovableClock clock = new MovableClock();
    private final List<Duration> pauses = new ArrayList<>();
    private InProcessRegistry server;
    private InProcessRegistry store;
    private Registry client;
    private Repository repository;

    @BeforeEach
    void start() throws IOException {
        server = InProcessRegistry.builder().basicAuth("user", "secret").start();
        store = InProcessRegistry.start();
        client = Registry.open(Content.options()
                .credentials(CredentialSource.password("user", "secret"))
                .clock(clock)
                .random(new Random(1))
                .retries(new RetryPolicy(4, Duration.ofMillis(100), Duration.ofSeconds(20)))
                .pause(duration -> {
                    pauses.add(duration);
                    clock.advance(duration);
                })
                .deadline(Duration.ofSeconds(60)));
        repository = Content.repository(server);
        Content.push(client, repository, BYTES);
        Content.push(client, Content.repository(store), BYTES);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsRedirectsToAnotherOriginWithoutCredentials(int status) throws Exception {
        int before = store.requests().size();
        client.blob(repository, Content.blob(BYTES), 5000);
        server.faults().next("GET", BLOB, Fault.redirect(status, "http://" + store.host() + "/v2/team/app" + BLOB));
        assertArrayEquals(BYTES, client.blob(repository, Content.blob(BYTES), 5000));
        assertEquals(before + 1, store.requests().size());
        assertEquals("", store.requests().get(before).header("Authorization"));
        assertTrue(server.requests()
                .get(server.requests().size() - 1)
                .header("Authorization")
                .startsWith("Basic"));
    }

    @Test
    void followsRelativeRedirectsWithCredentials() throws Exception {
        client.blob(repository, Content.blob(BYTES), 5000);
        server.faults().next("GET", BLOB, Fault.redirect(307, "../../../team/app" + BLOB));
        assertArrayEquals(BYTES, client.blob(repository, Content.blob(BYTES), 5000));
    }

    @Test
    void givesUpOnARedirectLoop() {
        server.faults().on(request -> request.path().contains(BLOB), 0, 99, Fault.redirect(302, "/v2/team/app" + BLOB));
        assertThrows(RegistryException.class, () -> client.blob(repository, Content.blob(BYTES)));
    }

    @Test
    void doesNotAnswerAChallengeOfARedirectTarget() throws Exception {
        try (InProcessRegistry thief =
                InProcessRegistry.builder().basicAuth("user", "secret").start()) {
            server.faults().next("GET", BLOB, Fault.redirect(302, "http://" + thief.host() + "/v2/team/app" + BLOB));
            // The first answer is a challenge of the registry itself, so that the redirect comes before any header is
            // known.
            assertThrows(IOException.class, () -> client.blob(repository, Content.blob(BYTES)));
            assertTrue(thief.requests().stream()
                    .allMatch(request -> request.header("Authorization").isEmpty()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void triesAgainLater(int status) throws Exception {
        server.faults().on(request -> request.method().equals("GET"), 0, 3, Fault.status(status));
        assertArrayEquals(BYTES, client.blob(repository, Content.blob(BYTES), 5000));
        assertEquals(3, pauses.size());
        assertTrue(pauses.get(2).toMillis() <= 400, pauses.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 410, 501})
    void doesNotTryAgainWhatIsFinal(int status) {
        server.faults().next("GET", BLOB, Fault.status(status));
        RegistryException failure =
                assertThrows(RegistryException.class, () -> client.blob(repository, Content.blob(BYTES)));
        assertEquals(status, failure.status());
        assertEquals(List.of(), pauses);
    }

    @Test
    void stopsAfterTheAttemptsOfThePolicy() {
        server.faults().on(request -> request.method().equals("GET"), 0, 99, Fault.status(503));
        RegistryException failure =
                assertThrows(RegistryException.class, () -> client.blob(repository, Content.blob(BYTES)));
        assertEquals(503, failure.status());
        assertEquals(3, pauses.size());
    }

    @Test
    void triesAgainAfterALostConnection() throws Exception {
        server.faults().on(request -> request.method().equals("GET"), 0, 2, new Fault.Drop());
        assertArrayEquals(BYTES, client.blob(repository, Content.blob(BYTES), 5000));
    }

    @Test
    void triesEveryAddressOfAName() throws Exception {
        String host = "reg.example:" + server.port();
        try (Registry byName = Registry.open(Content.options()
                .credentials(CredentialSource.password("user", "secret"))
                .allowHttp(host)
                .resolver(name -> List.of(loopback(2), loopback(1))))) {
            Repository there = new Repository(host, "team/app");
            assertArrayEquals(BYTES, byName.blob(there, Content.blob(BYTES), 5000));
            assertEquals(List.of(), pauses);
        }
    }

    @Test
    void saysWhichRegistryCannotBeReached() {
        server.close();
        RegistryException failure = assertThrows(RegistryException.class, () -> client.tags(repository));
        assertTrue(String.valueOf(failure.getMessage()).contains(server.host()), failure.getMessage());
        assertEquals(3, pauses.size());
    }

    @Test
    void doesNotTryAgainForAFileThatCannotBeRead() {
        byte[] other = Content.random(77);
        assertThrows(
                NoSuchFileException.class,
                () -> client.pushBlob(
                        repository, Content.blob(other), BlobSource.of(Path.of("/nowhere/x")), Optional.empty()));
        assertEquals(List.of(), pauses);
    }

    @Test
    void waitsAsLongAsTheRegistryAsksUpToALimit() throws Exception {
        server.faults().next("GET", BLOB, Fault.retryAfter(429, "7"));
        client.blob(repository, Content.blob(BYTES), 5000);
        server.faults().next("GET", BLOB, Fault.retryAfter(503, "Thu, 01 Jan 2026 00:00:12 GMT"));
        client.blob(repository, Content.blob(BYTES), 5000);
        server.faults().next("GET", BLOB, Fault.retryAfter(503, "86400"));
        client.blob(repository, Content.blob(BYTES), 5000);
        assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(5), Duration.ofSeconds(20)), pauses);
    }

    @Test
    void staysWithinTheDeadlineOfTheCall() {
        server.faults().on(request -> request.method().equals("GET"), 0, 99, Fault.retryAfter(503, "19"));
        try (Registry hurried = Registry.open(Content.options()
                .credentials(CredentialSource.password("user", "secret"))
                .clock(clock)
                .pause(clock::advance)
                .retries(new RetryPolicy(99, Duration.ofMillis(1), Duration.ofMinutes(1)))
                .deadline(Duration.ofSeconds(60)))) {
            assertThrows(RegistryException.class, () -> hurried.blob(repository, Content.blob(BYTES)));
            assertEquals(
                    3 * 19,
                    Duration.between(java.time.Instant.parse("2026-01-01T00:00:00Z"), clock.instant())
                            .toSeconds());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void endsASilentAnswerAtTheDeadline() throws Exception {
        server.faults()
                .on(request -> request.method().equals("GET"), 0, 99, new Fault.Stall(1000, Duration.ofMinutes(1)));
        try (Registry hurried = Registry.open(Content.options()
                .credentials(CredentialSource.password("user", "secret"))
                .deadline(Duration.ofMillis(700)))) {
            long start = System.nanoTime();
            assertThrows(IOException.class, () -> hurried.blob(repository, Content.blob(BYTES), 5000));
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 10);
        }
    }

    private static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    @Test
    void spendsNoPlainHttpOnHostsThatWereNotAllowed() {
        RegistryOptions options =
                new RegistryOptions().allowHttp("reg.example:5000").allowHttp("other.example");
        assertTrue(
                options.speaksHttp("127.0.0.1:1") && options.speaksHttp("localhost") && options.speaksHttp("[::1]:2"));
        assertTrue(options.speaksHttp("reg.example:5000") && options.speaksHttp("other.example:1"));
        assertFalse(options.speaksHttp("reg.example") || options.speaksHttp("reg.example:5001"));
        assertFalse(options.speaksHttp("127.0.0.1.evil.example"));
        assertFalse(options.requireTls("localhost").speaksHttp("localhost:1"));
    }
}
