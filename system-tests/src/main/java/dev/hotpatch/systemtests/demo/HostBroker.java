package dev.hotpatch.systemtests.demo;

import dev.hotpatch.testdata.activemq.ActiveMq;
import dev.hotpatch.testdata.activemq.RunningBroker;
import dev.hotpatch.testdata.activemq.RunningProcess;
import dev.hotpatch.testdata.image.BuiltImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The program of an unpacked broker image, run with the image's own Java but without a container. */
final class HostBroker {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private HostBroker() {}

    /** Starts the broker, tells the node-agent by a variable which image it is from, and waits until it serves. */
    static RunningBroker start(Path root, BuiltImage image, Path data) throws IOException, InterruptedException {
        Files.createDirectories(data);
        RunningProcess process = RunningProcess.start(
                List.of(
                        root.resolve("opt/java/bin/java").toString(),
                        "-Xmx128m",
                        "-cp",
                        root.resolve("opt/activemq/programs.jar") + ":" + root.resolve("opt/activemq/lib") + "/*",
                        ActiveMq.brokerProgram(),
                        "0",
                        "0",
                        data.toString()),
                Map.of("HOTPATCH_IMAGE", image.byDigest()));
        try {
            return RunningBroker.awaitReady(process, PATIENCE);
        } catch (IOException e) {
            process.end();
            throw e;
        }
    }
}
