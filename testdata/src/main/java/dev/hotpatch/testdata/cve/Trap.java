package dev.hotpatch.testdata.cve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The attacker's HTTP server on loopback: it notes what is asked of it and answers with one text. */
final class Trap implements AutoCloseable {
    private final HttpServer server;
    private final List<String> asked = new ArrayList<>();

    private Trap(HttpServer server) {
        this.server = server;
    }

    static Trap set(String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Trap trap = new Trap(server);
        server.createContext("/", exchange -> trap.answer(exchange, answer));
        server.start();
        return trap;
    }

    private void answer(HttpExchange exchange, String answer) throws IOException {
        synchronized (asked) {
            asked.add(exchange.getRequestURI().getPath());
        }
        try (exchange) {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head || bytes.length == 0 ? -1 : bytes.length);
            if (!head) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    /** The address of something in the trap; {@code path} without a leading slash. */
    String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    /** The paths that were asked for so far. */
    List<String> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
