package dev.hotpatch.testdata.cve.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** An HTTP server on loopback that gives each request's body to one function and answers with what that returns. */
final class TextServer {
    private static final int MAX_BODY = 16 << 20;

    private TextServer() {}

    /** What a service does with a text; what it throws is answered with status 422 and the text of the exception. */
    interface Service {
        String answer(String text) throws Exception;
    }

    /** Serves until the process is ended; says so on standard output as all victims do. */
    static void serve(Service service) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", exchange -> answer(exchange, service));
        server.start();
        ready(server.getAddress().getPort());
    }

    /** Prints the line that whoever started the victim waits for. */
    static void ready(int port) {
        System.out.println(
                "READY port=" + port + " pid=" + ProcessHandle.current().pid());
    }

    private static void answer(HttpExchange exchange, Service service) throws IOException {
        try (exchange) {
            String text = new String(exchange.getRequestBody().readNBytes(MAX_BODY), StandardCharsets.UTF_8);
            int status = 200;
            String reply;
            try {
                reply = service.answer(text);
            } catch (Exception | LinkageError | StackOverflowError e) {
                status = 422;
                reply = e.toString();
                if (e instanceof LinkageError) {
                    e.printStackTrace();
                }
            }
            byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
