package dev.hotpatch.testdata.cve;

import dev.hotpatch.testdata.activemq.RunningProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A victim that serves on loopback as a process of ours; closing it ends the process. */
public final class RunningVictim implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final RunningProcess jvm;
    private final int port;

    private RunningVictim(RunningProcess jvm, int port) {
        this.jvm = jvm;
        this.port = port;
    }

    static RunningVictim awaitReady(RunningProcess jvm, Duration patience) throws IOException, InterruptedException {
        try {
            String ready = jvm.await("READY ", 0, patience);
            return new RunningVictim(jvm, Integer.parseInt(ready.replaceFirst(".*port=(\\d+).*", "$1")));
        } catch (IOException | InterruptedException e) {
            jvm.close();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    /** The process, for its id and its log. */
    public RunningProcess jvm() {
        return jvm;
    }

    /** Sends a text to a victim that speaks HTTP/1.1 and gives the status and the text of the answer. */
    Reply post(String contentType, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .timeout(PATIENCE)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> reply = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Reply(reply.statusCode(), reply.body());
    }

    @Override
    public void close() {
        jvm.close();
    }

    /** What a victim answered. */
    record Reply(int status, String text) {}
}
