package dev.hotpatch.testdata.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MavenArtifactsTest {
    private static final MavenArtifact ARTIFACT = MavenArtifact.jar("org.example", "thing", "1.0");
    private static final String SHA1_OF_HELLO = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d";

    @TempDir
    Path folder;

    private final Map<String, String> files = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private HttpServer server;
    private MavenArtifacts artifacts;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            String content = files.get(exchange.getRequestURI().getPath());
            boolean fails = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            byte[] body = content == null ? new byte[0] : content.getBytes(UTF_8);
            int status = fails ? 503 : content == null ? 404 : 200;
            exchange.sendResponseHeaders(status, status == 200 ? body.length : -1);
            if (status == 200) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        artifacts = new MavenArtifacts(
                "http://127.0.0.1:" + server.getAddress().getPort(), CacheFolder.at(folder), Duration.ofMillis(1));
        files.put("/org/example/thing/1.0/thing-1.0.jar", "hello");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetchesOnceAndThenFromTheCache() throws Exception {
        files.put("/org/example/thing/1.0/thing-1.0.jar.sha1", SHA1_OF_HELLO + "  thing-1.0.jar\n");
        Path file = artifacts.fetch(ARTIFACT);
        assertEquals("hello", Files.readString(file));
        int asked = requests.get();
        assertEquals(file, artifacts.fetch(ARTIFACT));
        assertEquals(asked, requests.get());
    }

    @Test
    void triesAgainAfterAServerError() throws Exception {
        files.put("/org/example/thing/1.0/thing-1.0.jar.sha1", SHA1_OF_HELLO);
        failures.set(1);
        assertEquals("hello", Files.readString(artifacts.fetch(ARTIFACT)));
    }

    @Test
    void keepsNothingWhoseChecksumIsWrong() throws Exception {
        files.put("/org/example/thing/1.0/thing-1.0.jar.sha1", SHA1_OF_HELLO.replace('a', 'b'));
        IOException e = assertThrows(IOException.class, () -> artifacts.fetch(ARTIFACT));
        assertTrue(e.getMessage().contains("SHA-1"), e.getMessage());
        try (Stream<Path> left = Files.walk(folder)) {
            assertEquals(0, left.filter(Files::isRegularFile).count());
        }
    }

    @Test
    void refusesAFileWithoutAnyChecksum() {
        IOException e = assertThrows(IOException.class, () -> artifacts.fetch(ARTIFACT));
        assertTrue(e.getMessage().contains("no usable checksum"), e.getMessage());
    }

    @Test
    void trustsThePinnedChecksumMoreThanThePublishedOne() {
        files.put("/org/example/thing/1.0/thing-1.0.jar.sha1", SHA1_OF_HELLO);
        MavenArtifact pinned = new MavenArtifact("org.example", "thing", "1.0", "", "jar", "0".repeat(64));
        IOException e = assertThrows(IOException.class, () -> artifacts.fetch(pinned));
        assertTrue(e.getMessage().contains("SHA-256"), e.getMessage());
    }
}
