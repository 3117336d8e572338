package dev.hotpatch.nodeagent.control;

import dev.hotpatch.nodeagent.agent.JvmStatus;
import dev.hotpatch.nodeagent.agent.NodeAgent;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The commands of a node-agent: {@code status}, {@code observe} (the same, after the JVMs have been asked again), {@code apply} and {@code
 * rollback}, the latter two with an optional {@code patch}.
 */
public final class AgentCommands implements ControlHandler {
    private static final int MAX_TEXT = 200;

    private final NodeAgent agent;
    private final Duration patience;

    /** Waits at most {@code patience} for what a command sets going. */
    public AgentCommands(NodeAgent agent, Duration patience) {
        this.agent = agent;
        this.patience = patience;
    }

    @Override
    public Map<String, Object> handle(JsonObject request) throws IOException, InterruptedException {
        request.onlyFields(Set.of("cmd", "patch"));
        Optional<Digest> patch = patch(request);
        String command = request.string("cmd", MAX_TEXT);
        return switch (command) {
            case "status" -> answer(agent.status());
            case "observe" -> answer(agent.observe(patience));
            case "apply" -> answer(agent.apply(patch, patience));
            case "rollback" -> answer(agent.rollBack(patch, patience));
            default -> throw new IOException("the commands are status, observe, apply and rollback, not " + command);
        };
    }

    private Map<String, Object> answer(List<JvmStatus> jvms) throws IOException {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("apiVersion", "hotpatch/v1");
        answer.put("ok", true);
        answer.put("healthy", agent.trouble().isEmpty());
        agent.trouble().ifPresent(trouble -> answer.put("trouble", trouble));
        answer.put("withheld", agent.withheld().stream().map(Digest::toString).toList());
        answer.put("jvms", jvms.stream().map(JvmStatus::toJson).toList());
        return answer;
    }

    private static Optional<Digest> patch(JsonObject request) throws IOException {
        Optional<String> text = request.optionalString("patch", MAX_TEXT);
        try {
            return text.map(Digest::parse);
        } catch (IllegalArgumentException e) {
            throw new IOException("patch: " + e.getMessage(), e);
        }
    }
}
