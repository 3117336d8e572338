package dev.hotpatch.nodeagent.mirror;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hotpatch.patchformat.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The mirror's HTTP on loopback: GET and HEAD of manifests and blobs by digest; 404 for all that it does not have, upon which the
 * runtime asks the registry. Whoever started it closes it.
 */
final class MirrorServer implements AutoCloseable {
    private static final int THREADS = 32;
    private static final int BUFFER = 128 * 1024;

    private final HttpServer server;
    private final ExecutorService workers;
    private final MirrorContent content;
    private final MirrorLog log;

    private MirrorServer(HttpServer server, ExecutorService workers, MirrorContent content, MirrorLog log) {
        this.server = server;
        this.workers = workers;
        this.content = content;
        this.log = log;
    }

    /** Starts to serve; port 0 is any free one. */
    static MirrorServer start(int port, MirrorContent content, MirrorLog log) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        HttpServer server = HttpServer.create(address, 64);
        ExecutorService workers = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "hotpatch-mirror");
            thread.setDaemon(true);
            return thread;
        });
        MirrorServer mirror = new MirrorServer(server, workers, content, log);
        server.createContext("/", mirror::handle);
        server.setExecutor(workers);
        server.start();
        return mirror;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange);
        } catch (InterruptedException e) {
            // The mirror is closing, and the connection with it.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.say(exchange.getRequestURI() + ": " + e);
            throw e;
        }
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        String method = exchange.getRequestMethod();
        boolean get = method.equals("GET");
        if (!get && !method.equals("HEAD")) {
            error(exchange, 405, "UNSUPPORTED", "only GET and HEAD");
            return;
        }
        if (String.valueOf(exchange.getRequestURI().getPath()).matches("/v2/?")) {
            json(exchange, 200, Map.of());
            return;
        }
        Optional<MirrorRequest> request = MirrorRequest.parse(exchange.getRequestURI());
        if (request.isEmpty()) {
            error(
                    exchange,
                    404,
                    "NAME_UNKNOWN",
                    "only /v2/NAME/manifests/sha256:… and /v2/NAME/blobs/sha256:… with ns");
            return;
        }
        MirrorRequest asked = request.get();
        Optional<Answer> found = asked.isManifest()
                ? content.manifest(asked.repository(), asked.digest(), get)
                : content.blob(asked.repository(), asked.digest());
        if (found.isEmpty()) {
            error(
                    exchange,
                    404,
                    asked.isManifest() ? "MANIFEST_UNKNOWN" : "BLOB_UNKNOWN",
                    asked.digest() + " of " + asked.repository() + " is not here");
            return;
        }
        try (Answer answer = found.get()) {
            exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
            exchange.getResponseHeaders()
                    .set("Docker-Content-Digest", asked.digest().toString());
            exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
            send(exchange, answer);
        }
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        Optional<String> header =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
        ByteRange.Asked asked = ByteRange.of(header, answer.size());
        if (asked instanceof ByteRange.Asked.Nothing) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + answer.size());
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        ByteRange range = new ByteRange(0, answer.size());
        if (asked instanceof ByteRange.Asked.Part part) {
            range = part.range();
            exchange.getResponseHeaders().set("Content-Range", range.contentRange(answer.size()));
        }
        int status = asked instanceof ByteRange.Asked.Part ? 206 : 200;
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(range.length()));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, range.length() == 0 ? -1 : range.length());
        answer.body().skipNBytes(range.first());
        copy(answer, range.length(), exchange.getResponseBody());
    }

    private void copy(Answer answer, long length, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        InputStream in = answer.body();
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("a file became shorter while it was read");
            }
            if (answer.isRebuilt()) {
                log.served(count);
            }
            out.write(buffer, 0, count);
            left -= count;
        }
        out.flush();
    }

    private static void error(HttpExchange exchange, int status, String code, String message) throws IOException {
        json(exchange, status, Map.of("errors", List.of(Map.of("code", code, "message", message))));
    }

    private static void json(HttpExchange exchange, int status, Map<String, ?> value) throws IOException {
        byte[] bytes = JsonWriter.compact(value);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
