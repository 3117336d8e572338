package dev.hotpatch.nodeagent.control;

import dev.hotpatch.patchformat.json.JsonObject;
import java.io.IOException;
import java.util.Map;

/** Carries out a command; what it throws is told to the client. For any number of threads. */
@FunctionalInterface
public interface ControlHandler {
    Map<String, Object> handle(JsonObject request) throws IOException, InterruptedException;
}
