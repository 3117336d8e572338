package dev.hotpatch.systemtests.patching;

import dev.hotpatch.systemtests.environment.RunningPod;
import dev.hotpatch.testdata.activemq.ActiveMq;
import dev.hotpatch.testdata.activemq.BrokerPorts;
import dev.hotpatch.testdata.activemq.SteadyClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A broker that serves from a pod. */
record BrokerPod(RunningPod pod, BrokerPorts ports, ActiveMq tools) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path JAVA = ActiveMq.ownJava();
    private static final int MESSAGES_PER_SECOND = 100;

    /** Waits until the broker of a pod serves. */
    static BrokerPod awaitReady(RunningPod pod, ActiveMq tools) throws IOException, InterruptedException {
        return new BrokerPod(pod, BrokerPorts.parse(pod.awaitLog("READY", PATIENCE)), tools);
    }

    long pid() {
        return pod.pid();
    }

    /** Attacks it: did it create the attacker's object? */
    boolean isExploitable() throws IOException, InterruptedException {
        return tools.attack(JAVA, ports.traced()).succeeded();
    }

    /** Starts a client that keeps its connection, and waits until it is busy. */
    SteadyClient startClient() throws IOException, InterruptedException {
        SteadyClient client = tools.startClient(JAVA, ports.clients(), "numbers", MESSAGES_PER_SECOND);
        try {
            client.awaitReceived(MESSAGES_PER_SECOND);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        return client;
    }

    /** Files in the container's /tmp that only an agent at work needs. */
    List<String> strayFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid() + "/root/tmp"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\.hotpatch-.*\\.zip|\\.attach_pid.*"))
                    .toList();
        }
    }
}
