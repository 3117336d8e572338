package dev.hotpatch.systemtests.mirror;

import dev.hotpatch.systemtests.command.HotpatchCommand;
import dev.hotpatch.systemtests.environment.Await;
import dev.hotpatch.systemtests.environment.ContainerdFixture;
import dev.hotpatch.testdata.activemq.RunningProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mirror, or a node-agent with one, as its own process, for one containerd. Closing it ends it, unless it is dead already. */
final class RunningMirror implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern ADDRESSES = Pattern.compile("mirror(?: ready:)? http://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern METRICS = Pattern.compile("metrics (http://127\\.0\\.0\\.1:\\d+)/metrics");

    private final RunningProcess process;
    private final String ready;

    private RunningMirror(RunningProcess process, String ready) {
        this.process = process;
        this.ready = ready;
    }

    /** Starts {@code hotpatch} with these words and what both kinds need, and waits until it is ready. */
    static RunningMirror start(HotpatchCommand hotpatch, ContainerdFixture containerd, String state, String... words)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--state", hotpatch.path(state), "--key", hotpatch.path("ci.pub"), "--metrics-port", "0"));
        all.addAll(List.of(
                "--cri",
                containerd.socket().toString(),
                "--containerd-root",
                containerd.root().toString()));
        RunningProcess process = hotpatch.start(all.toArray(String[]::new));
        try {
            return new RunningMirror(process, process.await(" ready: ", 0, PATIENCE));
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    int port() {
        Matcher port = ADDRESSES.matcher(ready);
        if (!port.find()) {
            throw new IllegalStateException("no address of a mirror in: " + ready);
        }
        return Integer.parseInt(port.group(1));
    }

    String address() {
        return "http://127.0.0.1:" + port();
    }

    /** Ends it by SIGKILL. */
    void kill() {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    String log() {
        return String.join("\n", process.output());
    }

    String metrics() throws IOException, InterruptedException {
        Matcher address = METRICS.matcher(ready);
        if (!address.find()) {
            throw new IOException("no address of metrics in: " + ready);
        }
        return get(address.group(1) + "/metrics").body();
    }

    /** The value of a series, 0 if there is none yet. */
    long metric(String series) throws IOException, InterruptedException {
        for (String line : metrics().split("\n", -1)) {
            if (line.startsWith(series + " ")) {
                return Long.parseLong(line.substring(series.length() + 1));
            }
        }
        return 0;
    }

    /** Waits until a series has a value. */
    void await(String series, long value) throws IOException, InterruptedException {
        try {
            Await.until(
                    series + " " + value,
                    PATIENCE,
                    () -> metric(series) >= value ? Optional.of(true) : Optional.empty());
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; it wrote:\n" + log() + "\n" + metrics(), e);
        }
    }

    /** Asks it as a runtime does. */
    static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.close();
    }
}
