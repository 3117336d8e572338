package dev.hotpatch.systemtests.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A pod that was started, and its one container at one attempt.
 *
 * @param podId the runtime's id of the pod
 * @param containerId the runtime's id of the container, new after each restart
 * @param pid of the container's first process, as this machine sees it
 * @param log what the container prints
 * @param attempt 0 for the first start
 */
public record RunningPod(PodRequest request, String podId, String containerId, long pid, Path log, int attempt) {
    /**
     * Waits for a line of the container's output that contains a text.
     *
     * @throws IOException if there is none in time; with the last lines
     */
    public String awaitLog(String text, Duration patience) throws IOException, InterruptedException {
        return Await.until("\"" + text + "\" in " + log, patience, () -> {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return lines.stream().filter(line -> line.contains(text)).findFirst();
        });
    }
}
