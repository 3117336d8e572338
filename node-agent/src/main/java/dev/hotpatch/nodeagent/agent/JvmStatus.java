package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.nodeagent.hook.HookState;
import dev.hotpatch.nodeagent.journal.JournalRecord;
import dev.hotpatch.nodeagent.journal.JvmKey;
import dev.hotpatch.patchformat.oci.Digest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people are told about a JVM and a patch in it.
 *
 * @param key the JVM
 * @param where pod and container, or the process
 * @param images what it runs
 * @param patch the patch that this is about; empty if none concerns the JVM
 * @param last where that patch is
 * @param hook what the hook said last, if it was asked since the agent started
 */
public record JvmStatus(
        JvmKey key,
        String where,
        List<ImageName> images,
        Optional<Digest> patch,
        Optional<JournalRecord> last,
        Optional<HookState> hook) {
    /** As an object of {@code dev.hotpatch.patchformat.json.JsonWriter}. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pid", key.pid());
        json.put("container", key.container());
        json.put("where", where);
        json.put("images", images.stream().map(ImageName::toString).toList());
        patch.ifPresent(digest -> json.put("patch", digest.toString()));
        last.ifPresent(record -> {
            json.put("state", record.state().name());
            json.put("code", record.code());
            json.put("detail", record.detail());
            json.put("time", record.time().toString());
        });
        hook.ifPresent(state -> {
            Map<String, Object> inner = new LinkedHashMap<>();
            inner.put("version", state.hook());
            inner.put("active", state.active());
            inner.put("loaded", state.loaded());
            inner.put("pending", state.pending());
            inner.put("defined", state.defined());
            inner.put("skipped", state.skipped());
            inner.put("applyMicros", state.applyMicros());
            inner.put("converged", state.isConverged());
            inner.put("drain", state.drain());
            inner.put("drainThreads", state.drainThreads());
            json.put("hook", inner);
        });
        return json;
    }
}
