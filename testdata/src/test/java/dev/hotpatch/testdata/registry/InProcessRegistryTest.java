package dev.hotpatch.testdata.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
final class InProcessRegistryTest {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final byte[] BLOB = "0123456789".getBytes(StandardCharsets.UTF_8);
    private static final String BLOB_DIGEST = Store.digest(BLOB);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void takesABlobInOneRequestAndServesRanges() throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            assertEquals(201, push(registry).statusCode());
            String blob = "/v2/a/b/blobs/" + BLOB_DIGEST;
            assertArrayEquals(BLOB, send(registry, "GET", blob).body());
            HttpResponse<byte[]> head = send(registry, "HEAD", blob);
            assertEquals("10", head.headers().firstValue("Content-Length").orElseThrow());
            HttpResponse<byte[]> part = send(registry, "GET", blob, "Range", "bytes=3-5");
            assertEquals(206, part.statusCode());
            assertEquals("345", new String(part.body(), StandardCharsets.UTF_8));
            assertEquals(
                    "bytes 3-5/10", part.headers().firstValue("Content-Range").orElseThrow());
            assertEquals(
                    416, send(registry, "GET", blob, "Range", "bytes=10-12").statusCode());
        }
    }

    @Test
    void takesABlobInChunksOnlyInOrderAndOnlyAtTheLatestLocation() throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            String first = location(send(registry, "POST", "/v2/a/blobs/uploads/"));
            HttpResponse<byte[]> patched = send(registry, "PATCH", first, BLOB, "Content-Range", "0-9");
            assertEquals("0-9", patched.headers().firstValue("Range").orElseThrow());
            assertEquals(404, send(registry, "PATCH", first, BLOB).statusCode());
            String second = location(patched);
            assertEquals(
                    416,
                    send(registry, "PATCH", second, BLOB, "Content-Range", "5-14")
                            .statusCode());
            String third = location(send(registry, "GET", second));
            assertEquals(
                    201, send(registry, "PUT", third + "&digest=" + BLOB_DIGEST).statusCode());
        }
    }

    @Test
    void refusesContentWithAnotherDigest() throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            String wrong = "sha256:" + "0".repeat(64);
            assertEquals(
                    400,
                    send(registry, "POST", "/v2/a/blobs/uploads/?digest=" + wrong, BLOB)
                            .statusCode());
        }
    }

    @Test
    void listsTagsInPagesAndReferrersByType() throws Exception {
        try (InProcessRegistry registry =
                InProcessRegistry.builder().pageSize(2).start()) {
            push(registry);
            String base = putManifest(registry, "v1", "{\"schemaVersion\":2,\"config\":" + config("x/y") + "}");
            for (String tag : List.of("v2", "v3")) {
                putManifest(
                        registry,
                        tag,
                        "{\"schemaVersion\":2,\"artifactType\":\"t/" + tag + "\",\"config\":" + config("x/y")
                                + ",\"subject\":{\"digest\":\"" + base + "\"}}");
            }
            HttpResponse<byte[]> tags = send(registry, "GET", "/v2/a/b/tags/list");
            assertTrue(text(tags).contains("[\"v1\",\"v2\"]"), text(tags));
            assertEquals(
                    "</v2/a/b/tags/list?n=2&last=v2>; rel=\"next\"",
                    tags.headers().firstValue("Link").orElseThrow());
            HttpResponse<byte[]> some = send(registry, "GET", "/v2/a/b/referrers/" + base + "?artifactType=t/v2");
            assertTrue(text(some).contains("t/v2") && !text(some).contains("t/v3"), text(some));
            assertEquals(
                    "artifactType",
                    some.headers().firstValue("OCI-Filters-Applied").orElseThrow());
        }
    }

    @Test
    void keepsItsContentInADirectory(@TempDir Path folder) throws Exception {
        try (InProcessRegistry registry =
                InProcessRegistry.builder().directory(folder).start()) {
            push(registry);
            putManifest(registry, "v1", "{\"schemaVersion\":2,\"config\":" + config("x/y") + "}");
        }
        try (InProcessRegistry registry =
                InProcessRegistry.builder().directory(folder).start()) {
            HttpResponse<byte[]> manifest = send(registry, "GET", "/v2/a/b/manifests/v1");
            assertEquals(MANIFEST, manifest.headers().firstValue("Content-Type").orElseThrow());
            assertEquals("{\"repositories\":[\"a/b\"]}", text(send(registry, "GET", "/v2/_catalog")));
        }
    }

    @Test
    void asksForAPasswordOrAToken() throws Exception {
        String basic = "Basic " + Base64.getEncoder().encodeToString("u:p".getBytes(StandardCharsets.UTF_8));
        try (InProcessRegistry registry =
                InProcessRegistry.builder().basicAuth("u", "p").start()) {
            assertEquals(401, send(registry, "GET", "/v2/").statusCode());
            assertEquals(
                    200, send(registry, "GET", "/v2/", "Authorization", basic).statusCode());
        }
        try (InProcessRegistry registry =
                InProcessRegistry.builder().tokenAuth(TokenAuth.of("u", "p")).start()) {
            assertEquals(401, send(registry, "GET", "/token").statusCode());
            HttpResponse<byte[]> token =
                    send(registry, "GET", "/token?scope=repository:a/b:pull", "Authorization", basic);
            String bearer = "Bearer " + Json.string(Json.object(token.body()).get("token"));
            assertEquals(
                    404,
                    send(registry, "GET", "/v2/a/b/manifests/v1", "Authorization", bearer)
                            .statusCode());
            assertEquals(
                    401,
                    send(registry, "POST", "/v2/a/b/blobs/uploads/", "Authorization", bearer)
                            .statusCode());
        }
    }

    @Test
    void suffersFaultsOnDemand() throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            push(registry);
            String blob = "/v2/a/b/blobs/" + BLOB_DIGEST;
            registry.faults().next("GET", blob, Fault.retryAfter(503, "1"));
            assertEquals(503, send(registry, "GET", blob).statusCode());
            registry.faults().next("GET", blob, new Fault.FlipBit(1));
            assertEquals("0023456789", text(send(registry, "GET", blob)));
            registry.faults().next("GET", blob, new Fault.Truncate(4));
            assertThrows(IOException.class, () -> send(registry, "GET", blob));
            registry.faults().next("DELETE", blob, new Fault.LoseReply());
            assertThrows(IOException.class, () -> send(registry, "DELETE", blob));
            assertEquals(404, send(registry, "GET", blob).statusCode());
            assertFalse(registry.requests().isEmpty());
        }
    }

    private HttpResponse<byte[]> push(InProcessRegistry registry) throws Exception {
        return send(registry, "POST", "/v2/a/b/blobs/uploads/?digest=" + BLOB_DIGEST, BLOB);
    }

    private String putManifest(InProcessRegistry registry, String tag, String json) throws Exception {
        HttpResponse<byte[]> reply = send(
                registry,
                "PUT",
                "/v2/a/b/manifests/" + tag,
                json.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                MANIFEST);
        assertEquals(201, reply.statusCode(), text(reply));
        return reply.headers().firstValue("Docker-Content-Digest").orElseThrow();
    }

    private static String config(String type) {
        return new String(
                Json.write(Map.of("mediaType", type, "digest", BLOB_DIGEST, "size", 10L)), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> send(InProcessRegistry registry, String method, String path, String... headers)
            throws Exception {
        return send(registry, method, path, new byte[0], headers);
    }

    private HttpResponse<byte[]> send(
            InProcessRegistry registry, String method, String path, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + registry.host() + path))
                .method(method, BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String location(HttpResponse<byte[]> reply) {
        return reply.headers().firstValue("Location").orElseThrow();
    }

    private static String text(HttpResponse<byte[]> reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }
}
