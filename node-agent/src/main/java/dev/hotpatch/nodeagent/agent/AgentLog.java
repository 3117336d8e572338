package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.nodeagent.hook.HookState;
import dev.hotpatch.nodeagent.journal.JvmKey;
import dev.hotpatch.nodeagent.metrics.Metrics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Turns what happens into events, metrics, and what is remembered of each hook. For any number of threads. */
final class AgentLog {
    private static final String STATES = "hotpatch_states_total";
    private static final String APPLY = "hotpatch_apply_seconds";

    private final Metrics metrics;
    private final Consumer<AgentEvent> events;
    private final Map<JvmKey, HookState> hooks = new ConcurrentHashMap<>();

    AgentLog(Metrics metrics, Consumer<AgentEvent> events) {
        this.metrics = metrics;
        this.events = events;
        metrics.describe(STATES, "States reached by patches in JVMs, with the reason.");
        metrics.describe(APPLY, "From the start of the work on a JVM until its patch is in force.");
    }

    void event(AgentEvent event) {
        metrics.count(STATES, "state", event.state().name(), "reason", event.code());
        events.accept(event);
    }

    void applied(long micros) {
        metrics.observe(APPLY, micros / 1e6);
    }

    void seen(JvmKey jvm, HookState hook) {
        hooks.put(jvm, hook);
    }

    Optional<HookState> hook(JvmKey jvm) {
        return Optional.ofNullable(hooks.get(jvm));
    }

    void forget(JvmKey jvm) {
        hooks.remove(jvm);
    }
}
