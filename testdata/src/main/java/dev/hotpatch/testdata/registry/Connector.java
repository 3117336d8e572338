package dev.hotpatch.testdata.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Between the JDK's HTTP server and the router: records requests, applies faults, sends answers. */
final class Connector implements HttpHandler {
    private static final int MAX_RECORDED = 10_000;

    private final Router router;
    private final Faults faults;
    private final CountDownLatch closing;
    private final Deque<SeenRequest> recorded = new ArrayDeque<>();

    Connector(Router router, Faults faults, CountDownLatch closing) {
        this.router = router;
        this.faults = faults;
        this.closing = closing;
    }

    List<SeenRequest> recorded() {
        synchronized (recorded) {
            return List.copyOf(recorded);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // Closing an exchange whose answer is not finished closes its connection, which is what a lost connection looks
        // like.
        try (exchange) {
            SeenRequest seen = record(exchange);
            List<Fault> active = faults.take(seen);
            if (active.stream().anyMatch(Fault.Drop.class::isInstance)) {
                return;
            }
            Request request = new Request(seen, new FaultyBody(exchange.getRequestBody(), active, true, closing));
            for (Fault fault : active) {
                request = fault instanceof Fault.IgnoreHeader ignored ? request.without(ignored.name()) : request;
            }
            Reply reply = answer(request, active);
            if (active.stream().noneMatch(Fault.LoseReply.class::isInstance)) {
                send(exchange, reply, active);
            }
        }
    }

    private Reply answer(Request request, List<Fault> active) throws IOException {
        for (Fault fault : active) {
            if (fault instanceof Fault.Answer answer) {
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                return new Reply(answer.status(), answer.headers(), body.length, () -> new ByteArrayInputStream(body));
            }
        }
        return router.handle(request);
    }

    private void send(HttpExchange exchange, Reply reply, List<Fault> active) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        for (Fault fault : active) {
            if (fault instanceof Fault.ChangeHeader change) {
                exchange.getResponseHeaders().set(change.name(), change.value());
            }
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(reply.length()));
        }
        boolean none = head || reply.length() == 0;
        exchange.sendResponseHeaders(reply.status(), none ? -1 : reply.length());
        if (none) {
            return;
        }
        OutputStream out = exchange.getResponseBody();
        try (InputStream body = new FaultyBody(reply.body().open(), active, false, closing)) {
            byte[] buffer = new byte[64 * 1024];
            long left = reply.length();
            while (left > 0) {
                int count = body.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    return;
                }
                out.write(buffer, 0, count);
                out.flush();
                left -= count;
            }
        }
    }

    private SeenRequest record(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!values.isEmpty()) {
                headers.put(name.toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        String query = exchange.getRequestURI().getRawQuery();
        SeenRequest seen = new SeenRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                headers);
        synchronized (recorded) {
            if (recorded.size() == MAX_RECORDED) {
                recorded.removeFirst();
            }
            recorded.addLast(seen);
        }
        return seen;
    }
}
