package dev.hotpatch.systemtests.environment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pod of one container that is to run: as user 1000, in the network of this machine.
 *
 * @param name unique in the runtime
 * @param image by tag or digest, already pulled
 * @param arguments replace those of the image; empty: the image's own
 * @param environment added to that of the image
 * @param mounts path in the container → path on this machine
 * @param readOnlyRoot may the container not write to its own files
 */
public record PodRequest(
        String name,
        String image,
        List<String> arguments,
        Map<String, String> environment,
        Map<String, String> mounts,
        boolean readOnlyRoot) {
    private static final int NODE_NETWORK = 2;
    private static final int USER = 1000;

    public static PodRequest of(String name, String image) {
        return new PodRequest(name, image, List.of(), Map.of(), Map.of(), false);
    }

    public PodRequest withArguments(String... words) {
        return new PodRequest(name, image, List.of(words), environment, mounts, readOnlyRoot);
    }

    public PodRequest withVariable(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new PodRequest(name, image, arguments, more, mounts, readOnlyRoot);
    }

    public PodRequest withMount(String inContainer, String onMachine) {
        Map<String, String> more = new HashMap<>(mounts);
        more.put(inContainer, onMachine);
        return new PodRequest(name, image, arguments, environment, more, readOnlyRoot);
    }

    public PodRequest withReadOnlyRoot() {
        return new PodRequest(name, image, arguments, environment, mounts, true);
    }

    Proto sandbox(String logFolder, String cgroup) throws IOException {
        Proto security = new Proto().message(1, new Proto().number(1, NODE_NETWORK));
        return new Proto()
                .message(1, new Proto().text(1, name).text(2, "uid-" + name).text(3, "hotpatch-test"))
                .text(3, logFolder)
                .message(8, new Proto().text(1, cgroup).message(2, security));
    }

    Proto container(int attempt) throws IOException {
        Proto config = new Proto()
                .message(1, new Proto().text(1, name).number(2, attempt))
                .message(2, new Proto().text(1, image));
        for (String word : new ArrayList<>(arguments)) {
            config.text(4, word);
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            config.message(6, new Proto().text(1, variable.getKey()).text(2, variable.getValue()));
        }
        for (Map.Entry<String, String> mount : mounts.entrySet()) {
            config.message(7, new Proto().text(1, mount.getKey()).text(2, mount.getValue()));
        }
        Proto security = new Proto()
                .message(3, new Proto().number(1, NODE_NETWORK))
                .message(5, new Proto().number(1, USER))
                .number(7, readOnlyRoot ? 1 : 0);
        return config.text(11, logName(attempt)).message(15, new Proto().message(2, security));
    }

    String logName(int attempt) {
        return name + "." + attempt + ".log";
    }
}
