package dev.hotpatch.nodeagent.mirror;

import dev.hotpatch.nodeagent.metrics.Metrics;
import java.util.function.Consumer;

/** What the mirror tells people, and counts. For any number of threads. */
final class MirrorLog {
    private static final String REBUILT = "hotpatch_mirror_layers_rebuilt_total";
    private static final String SECONDS = "hotpatch_mirror_rebuild_seconds";
    private static final String FETCHED = "hotpatch_mirror_delta_bytes_total";
    private static final String SERVED = "hotpatch_mirror_served_bytes_total";
    private static final String FALLBACKS = "hotpatch_mirror_fallbacks_total";
    private static final String PREFETCHES = "hotpatch_prefetches_total";

    private final Metrics metrics;
    private final Consumer<String> lines;

    MirrorLog(Metrics metrics, Consumer<String> lines) {
        this.metrics = metrics;
        this.lines = lines;
        metrics.describe(REBUILT, "Layers of target images rebuilt from the node's content and a delta.");
        metrics.describe(SECONDS, "From the start of the work on a layer until it is whole and verified.");
        metrics.describe(FETCHED, "Bytes of the deltas that were fetched for layers that were rebuilt.");
        metrics.describe(SERVED, "Bytes of rebuilt layers that were given to the container runtime.");
        metrics.describe(
                FALLBACKS, "Requests for layers with a delta that were left to the registry, with the reason.");
        metrics.describe(PREFETCHES, "Target images that the runtime was asked to pull ahead of time.");
    }

    void say(String line) {
        lines.accept("mirror: " + line);
    }

    void rebuilt(double seconds, long deltaBytes) {
        metrics.count(REBUILT);
        metrics.observe(SECONDS, seconds);
        metrics.add(FETCHED, deltaBytes);
    }

    void served(long bytes) {
        metrics.add(SERVED, bytes);
    }

    void fellBack(Fallback reason) {
        metrics.count(FALLBACKS, "reason", reason.code());
    }

    void prefetched(boolean worked) {
        metrics.count(PREFETCHES, "result", worked ? "ok" : "failed");
    }
}
