package dev.hotpatch.systemtests.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.systemtests.environment.ContainerdFixture;
import dev.hotpatch.systemtests.environment.DockerRegistryFixture;
import dev.hotpatch.systemtests.environment.PodRequest;
import dev.hotpatch.systemtests.environment.RunningPod;
import dev.hotpatch.testdata.activemq.ActiveMq;
import dev.hotpatch.testdata.activemq.BrokerPorts;
import dev.hotpatch.testdata.activemq.Figures;
import dev.hotpatch.testdata.activemq.SteadyClient;
import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import dev.hotpatch.testdata.image.BaseImage;
import dev.hotpatch.testdata.image.BuiltImage;
import dev.hotpatch.testdata.image.JibImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerInContainerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path JAVA = ActiveMq.ownJava();
    private static final CacheFolder CACHE = CacheFolder.fromEnvironment(System.getenv());

    @TempDir
    Path scratch;

    @Test
    void twoPodsRunTheVulnerableBrokerAndNothingIsLeftOfThem() throws Exception {
        ActiveMq old = fetch("5.16.6");
        try (DockerRegistryFixture registry = DockerRegistryFixture.start();
                ContainerdFixture containerd = ContainerdFixture.start()) {
            BuiltImage image = JibImage.ofActiveMq(old, BaseImage.prepare(CACHE), CACHE)
                    .push(registry.host() + "/shop/broker:5.16.6");
            containerd.allowPlainHttp(registry.host());
            assertEquals(image.configDigest(), containerd.pull(image.byDigest()));

            RunningPod one = containerd.run(PodRequest.of("one", image.byDigest()));
            RunningPod two = containerd.run(PodRequest.of("two", image.byDigest()));
            BrokerPorts first = BrokerPorts.parse(one.awaitLog("READY", PATIENCE));
            BrokerPorts second = BrokerPorts.parse(two.awaitLog("READY", PATIENCE));
            assertEquals("1000", userOf(one.pid()));
            assertEquals("1000", userOf(two.pid()));

            try (SteadyClient client = old.startClient(JAVA, first.clients(), "numbers", 200)) {
                client.awaitReceived(300);
                assertTrue(old.attack(JAVA, first.traced()).succeeded());
                assertTrue(old.attack(JAVA, second.traced()).succeeded());
                client.awaitReceived(600);
                Figures totals = client.stop();
                System.out.println("SHOWN client of a broker in a pod: " + totals);
                assertEquals(0, totals.number("lost"));
                assertEquals(0, totals.number("drops"));
            }

            RunningPod again = containerd.restart(two);
            assertNotEquals(two.containerId(), again.containerId());
            again.awaitLog("READY", PATIENCE);
            ProcessHandle killed = ProcessHandle.of(one.pid()).orElseThrow();
            containerd.remove(one);
            assertFalse(killed.isAlive());
        }
    }

    @Test
    void fixedBrokerInAPodRefuses() throws Exception {
        ActiveMq fixed = fetch("5.16.7");
        try (DockerRegistryFixture registry = DockerRegistryFixture.start();
                ContainerdFixture containerd = ContainerdFixture.start()) {
            BuiltImage image = JibImage.ofActiveMq(fixed, BaseImage.prepare(CACHE), CACHE)
                    .push(registry.host() + "/shop/broker:5.16.7");
            containerd.allowPlainHttp(registry.host());
            containerd.pull(image.byDigest());
            RunningPod pod = containerd.run(PodRequest.of("fixed", image.byDigest()));
            BrokerPorts ports = BrokerPorts.parse(pod.awaitLog("READY", PATIENCE));
            assertFalse(fixed.attack(JAVA, ports.traced()).succeeded());
            System.out.println("SHOWN " + pod.awaitLog("is not assignable to Throwable", PATIENCE));
        }
    }

    private static String userOf(long pid) throws Exception {
        Optional<String> line = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(each -> each.startsWith("Uid:"))
                .findFirst();
        return line.orElseThrow().split("\t", -1)[1];
    }

    private ActiveMq fetch(String version) throws Exception {
        return ActiveMq.fetch(version, MavenArtifacts.fromEnvironment(System.getenv()), CACHE, scratch);
    }
}
