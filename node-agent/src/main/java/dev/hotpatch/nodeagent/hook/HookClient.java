package dev.hotpatch.nodeagent.hook;

import dev.hotpatch.nodeagent.attach.AttachException;
import dev.hotpatch.nodeagent.attach.AttachSession;
import dev.hotpatch.nodeagent.linux.Deadline;
import dev.hotpatch.nodeagent.linux.Polling;
import dev.hotpatch.nodeagent.proc.Refusal;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Asks over an attach session and waits for what the hook says. Each request loads the hook's jar, which reaches the hook that is there. */
final class HookClient implements HookSession {
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(64);

    private final AttachSession session;
    private final HookJar jar;
    private final Duration patience;
    private Optional<String> stagedHook = Optional.empty();

    HookClient(AttachSession session, HookJar jar, Duration patience) {
        this.session = session;
        this.jar = jar;
        this.patience = patience;
    }

    @Override
    public void stageHook() throws IOException {
        stagedHook = Optional.of(session.stage(jar.bytes(), "hook", ".jar"));
    }

    @Override
    public String stageLiveUnit(byte[] liveZip) throws IOException {
        return session.stage(liveZip, "p" + session.process().pid(), ".zip");
    }

    @Override
    public void unstage(String path) throws IOException {
        session.unstage(path);
    }

    @Override
    public HookState apply(String path, Digest sha256) throws IOException, InterruptedException {
        return withUnit("apply", path, sha256);
    }

    @Override
    public HookState preflight(String path, Digest sha256) throws IOException, InterruptedException {
        return withUnit("preflight", path, sha256);
    }

    @Override
    public HookState rollback() throws IOException, InterruptedException {
        return request(new LinkedHashMap<>(Map.of("cmd", "rollback")));
    }

    @Override
    public HookState status() throws IOException, InterruptedException {
        return request(new LinkedHashMap<>(Map.of("cmd", "status")));
    }

    @Override
    public void startListener() throws IOException, InterruptedException {
        session.startListener();
    }

    @Override
    public void close() {
        session.close();
    }

    private HookState withUnit(String command, String path, Digest sha256) throws IOException, InterruptedException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("cmd", command);
        fields.put("zip", path);
        fields.put("sha256", sha256.hex());
        return request(fields);
    }

    private HookState request(Map<String, String> command) throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("v", "1");
        fields.put("id", id);
        fields.putAll(command);
        Deadline deadline = Deadline.after(patience);
        if (stagedHook.isEmpty()) {
            stageHook();
        }
        session.load(stagedHook.orElseThrow(), HookFields.format(fields));
        return Polling.await(deadline, LONGEST_PAUSE, () -> answer(id))
                .orElseThrow(() -> new AttachException(
                        Refusal.TIMEOUT,
                        session.process() + ": the hook did not finish " + command.get("cmd") + " within "
                                + patience.toMillis() + " ms"));
    }

    private Optional<HookState> answer(String id) throws IOException, InterruptedException {
        String line = session.properties().get(HookState.PROPERTY);
        if (line == null) {
            return Optional.empty();
        }
        HookState state = HookState.parse(line);
        // A hook that could not even start has no request to name.
        boolean startFailed = state.request().isEmpty() && state.phase() == HookState.Phase.FAILED;
        return state.isTerminal() && (startFailed || state.request().equals(id))
                ? Optional.of(state)
                : Optional.empty();
    }
}
