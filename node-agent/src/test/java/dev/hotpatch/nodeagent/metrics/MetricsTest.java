package dev.hotpatch.nodeagent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void rendersPrometheusText() {
        metrics.describe("a_total", "All a.");
        metrics.count("a_total", "reason", "x\"y\\z\n");
        metrics.count("a_total", "reason", "x\"y\\z\n");
        metrics.gauge("g", "state", Map.of("one", 1L));
        metrics.observe("h_seconds", 0.2);
        metrics.observe("h_seconds", 20);
        String text = metrics.render();
        assertTrue(text.contains("# HELP a_total All a.\n# TYPE a_total counter\n"), text);
        assertTrue(text.contains("a_total{reason=\"x\\\"y\\\\z\\n\"} 2\n"), text);
        assertTrue(text.contains("# TYPE g gauge\ng{state=\"one\"} 1\n"), text);
        assertTrue(text.contains("h_seconds_bucket{le=\"0.1\"} 0\n"), text);
        assertTrue(text.contains("h_seconds_bucket{le=\"0.2\"} 1\n"), text);
        assertTrue(text.contains("h_seconds_bucket{le=\"+Inf\"} 2\nh_seconds_sum 20.2\nh_seconds_count 2\n"), text);
    }

    @Test
    void servesMetricsAndHealthOnLoopback() throws Exception {
        AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
        metrics.count("a_total");
        try (MetricsServer server = MetricsServer.start(0, metrics, trouble::get)) {
            assertEquals("200 ok\n", get(server, "/healthz"));
            trouble.set(Optional.of("registry does not answer"));
            assertEquals("503 registry does not answer\n", get(server, "/healthz"));
            assertEquals("200 # TYPE a_total counter\na_total 1\n", get(server, "/metrics"));
            assertTrue(get(server, "/other").startsWith("404 "));
        }
    }

    private static String get(MetricsServer server, String path) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
