package dev.hotpatch.systemtests.patching;

import dev.hotpatch.nodeagent.control.ControlClient;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.systemtests.command.HotpatchCommand;
import dev.hotpatch.systemtests.environment.Await;
import dev.hotpatch.testdata.activemq.RunningProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node-agent as its own process. Closing it ends it, unless it is dead already. */
final class RunningAgent implements AutoCloseable {
    /** What the shell says of a process that SIGKILL ended. */
    static final int KILLED = 137;

    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern METRICS = Pattern.compile("metrics (http://127\\.0\\.0\\.1:\\d+)/metrics");
    private static final int MAX_JVMS = 10_000;
    private static final int MAX_TEXT = 64 * 1024;

    private final RunningProcess process;
    private final ControlClient control;

    private RunningAgent(RunningProcess process, Path state) {
        this.process = process;
        this.control = new ControlClient(state);
    }

    /**
     * Starts an agent that looks every second, and waits until it is ready.
     *
     * @param state its state directory
     * @param cri the runtime's socket, or {@code none}
     * @param key whose patches it trusts
     */
    static RunningAgent start(HotpatchCommand hotpatch, Path state, String cri, String key)
            throws IOException, InterruptedException {
        RunningProcess process = hotpatch.start(
                "node",
                "run",
                "--state",
                state.toString(),
                "--cri",
                cri,
                "--key",
                key,
                "--interval",
                "1",
                "--metrics-port",
                "0");
        RunningAgent agent = new RunningAgent(process, state);
        try {
            process.await("node-agent ready", 0, PATIENCE);
            return agent;
        } catch (IOException e) {
            agent.close();
            throw e;
        }
    }

    /** Waits until it says of a JVM that it is in a state, or has failed with a code. */
    JvmReport await(long pid, String stateOrCode) throws IOException, InterruptedException {
        try {
            return Await.until(
                    "process " + pid + " with " + stateOrCode,
                    PATIENCE,
                    () -> reports(pid).stream()
                            .filter(report -> report.state().equals(stateOrCode)
                                    || report.code().equals(stateOrCode))
                            .findFirst());
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; the agent wrote:\n" + String.join("\n", process.output()), e);
        }
    }

    /** What it says of a JVM now: one report for each patch, one without a patch if none concerns it. */
    List<JvmReport> reports(long pid) throws IOException {
        List<JvmReport> found = new ArrayList<>();
        JsonObject answer = control.call("status", Optional.empty());
        for (JsonObject jvm : answer.objects("jvms", MAX_JVMS)) {
            if (jvm.number("pid", 0, Integer.MAX_VALUE) == pid) {
                found.add(
                        new JvmReport(text(jvm, "patch"), text(jvm, "state"), text(jvm, "code"), text(jvm, "detail")));
            }
        }
        return found;
    }

    private static String text(JsonObject jvm, String name) throws IOException {
        return jvm.optionalString(name, MAX_TEXT).orElse("");
    }

    /** The body of a page of its web server on loopback. */
    String page(String path) throws IOException, InterruptedException {
        String ready = process.await("node-agent ready", 0, PATIENCE);
        Matcher address = METRICS.matcher(ready);
        if (!address.find()) {
            throw new IOException("no address of metrics in: " + ready);
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(address.group(1) + path))
                .timeout(PATIENCE)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** How many lines it has written; see {@link #awaitLog}. */
    int lineCount() {
        return process.lineCount();
    }

    /** Waits for a line of its log with a text, from a line on. */
    String awaitLog(String text, int from) throws IOException, InterruptedException {
        return process.await(text, from, PATIENCE);
    }

    /** Ends it by SIGKILL. */
    void kill() {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Waits for its end. */
    int exitCode() throws IOException, InterruptedException {
        return process.exitCode(PATIENCE);
    }

    @Override
    public void close() {
        process.close();
    }

    /**
     * One patch in one JVM, in the agent's words.
     *
     * @param patch its digest; empty if none concerns the JVM
     * @param state of the journal
     * @param code {@code ok}, or why not
     * @param detail for people
     */
    record JvmReport(String patch, String state, String code, String detail) {}
}
