package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.nodeagent.hook.HookState;
import dev.hotpatch.nodeagent.journal.JvmKey;
import dev.hotpatch.nodeagent.metrics.Metrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Turns what happens into events, metrics, and what is remembered of each hook. For any number of threads. */
final class AgentLog {
    private static final String STATES = "hotpatch_states_total";
    private static final String JVMS = "hotpatch_jvms";
    private static final String DRAINING = "hotpatch_draining_threads";
    private static final String APPLY = "hotpatch_apply_seconds";

    private final Metrics metrics;
    private final Consumer<AgentEvent> events;
    private final Map<JvmKey, HookState> hooks = new ConcurrentHashMap<>();

    AgentLog(Metrics metrics, Consumer<AgentEvent> events) {
        this.metrics = metrics;
        this.events = events;
        metrics.describe(STATES, "States reached by patches in JVMs, with the reason.");
        metrics.describe(JVMS, "JVMs on this node, by the state of their patch.");
        metrics.describe(DRAINING, "Threads that may still run code that a patch replaced, by JVM; 0 when converged.");
        metrics.describe(APPLY, "From the start of the work on a JVM until its patch is in force.");
    }

    void event(AgentEvent event) {
        metrics.count(STATES, "state", event.state().name(), "reason", event.code());
        events.accept(event);
    }

    void applied(long micros) {
        metrics.observe(APPLY, micros / 1e6);
    }

    /** What a look at the node came to. */
    void jvms(List<JvmStatus> all) {
        Map<String, Long> byState = new HashMap<>();
        Map<String, Long> draining = new HashMap<>();
        for (JvmStatus jvm : all) {
            byState.merge(jvm.last().map(r -> r.state().name()).orElse("NONE"), 1L, Long::sum);
            // Hooks are asked only as long as their patch has not converged, so that of others nothing newer is known.
            boolean inForce = jvm.last().filter(r -> r.state().isInForce()).isPresent();
            jvm.hook().filter(hook -> inForce).ifPresent(hook -> draining.put(jvm.where(), (long) hook.drain()));
        }
        metrics.gauge(JVMS, "state", byState);
        metrics.gauge(DRAINING, "jvm", draining);
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
