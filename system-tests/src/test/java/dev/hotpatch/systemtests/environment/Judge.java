package dev.hotpatch.systemtests.environment;

import dev.hotpatch.testdata.activemq.RunningProcess;
import dev.hotpatch.testdata.corpus.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Other people's tools, which must agree with what we publish. They are in the cache, where {@code prepare} put them. */
public enum Judge {
    COSIGN_2("cosign-2"),
    COSIGN_3("cosign-3"),
    ORAS("oras"),
    CRANE("crane"),
    /** Version 1.18, which understands signatures as attachments; Debian 12's own does not. */
    SKOPEO("skopeo");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String file;

    Judge(String file) {
        this.file = file;
    }

    /** The executable; the test is skipped if it is not there. */
    public Path path() {
        Path path = CacheFolder.fromEnvironment(System.getenv())
                .root()
                .resolve("judges")
                .resolve(file);
        if (!Files.isExecutable(path)) {
            Requirement.missing("the tool " + path);
        }
        return path;
    }

    /** Runs the tool to its end, at most a minute, with a home folder of its own. */
    public Verdict run(Path home, String... arguments) throws IOException, InterruptedException {
        return run(home, Map.of(), arguments);
    }

    /** Runs the tool with additional environment variables. */
    public Verdict run(Path home, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(path().toString()));
        command.addAll(List.of(arguments));
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("HOME", home.toString());
        try (RunningProcess process = RunningProcess.start(command, variables)) {
            int code = process.exitCode(PATIENCE);
            return new Verdict(code, String.join("\n", process.output()));
        }
    }

    /**
     * What a tool said.
     *
     * @param exitCode 0 if it agrees
     * @param output all that it printed, errors among it
     */
    public record Verdict(int exitCode, String output) {
        public boolean agrees() {
            return exitCode == 0;
        }
    }
}
