package dev.hotpatch.nodeagent.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code GET /metrics} and {@code GET /healthz} on loopback. Whoever started it closes it. */
public final class MetricsServer implements AutoCloseable {
    private final HttpServer server;

    private MetricsServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts to serve.
     *
     * @param port 0 for any free one
     * @param trouble what is wrong with the agent now; empty if it is well
     */
    public static MetricsServer start(int port, Metrics metrics, Supplier<Optional<String>> trouble)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        server.createContext("/", exchange -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/metrics" -> answer(exchange, 200, metrics.render());
                case "/healthz" -> {
                    Optional<String> wrong = trouble.get();
                    answer(exchange, wrong.isEmpty() ? 200 : 503, wrong.orElse("ok") + "\n");
                }
                default -> answer(exchange, 404, "only /metrics and /healthz\n");
            }
        });
        server.start();
        return new MetricsServer(server);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            if (!head) {
                body.write(bytes);
            }
        }
    }
}
