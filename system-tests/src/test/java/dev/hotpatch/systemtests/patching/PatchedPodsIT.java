package dev.hotpatch.systemtests.patching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.systemtests.command.HotpatchCommand;
import dev.hotpatch.systemtests.environment.ContainerdFixture;
import dev.hotpatch.systemtests.environment.DockerRegistryFixture;
import dev.hotpatch.testdata.activemq.Figures;
import dev.hotpatch.testdata.activemq.SteadyClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job: two pods are patched while their clients go on, and taken back, and patched again. */
final class PatchedPodsIT {
    static final Path COMMAND =
            Path.of("../cli/target/hotpatch").toAbsolutePath().normalize();

    @TempDir
    Path scratch;

    @Test
    void podsArePatchedAndRolledBackAndNoClientNotices() throws Exception {
        HotpatchCommand hotpatch = new HotpatchCommand(COMMAND, scratch, Map.of());
        try (DockerRegistryFixture registry = DockerRegistryFixture.start();
                ContainerdFixture containerd = ContainerdFixture.start()) {
            BrokerRelease release = BrokerRelease.push(registry, hotpatch, scratch);
            containerd.allowPlainHttp(registry.host());
            containerd.pull(release.from().byDigest());
            BrokerPod one = release.run(containerd, "one");
            BrokerPod two = release.run(containerd, "two");
            try (SteadyClient first = one.startClient();
                    SteadyClient second = two.startClient();
                    RunningAgent agent = RunningAgent.start(
                            hotpatch,
                            scratch.resolve("state"),
                            containerd.socket().toString(),
                            hotpatch.path("ci.pub"))) {
                expectExploitable(true, one, two);
                String patch = release.buildPatch();
                long pushed = System.nanoTime();
                agent.await(one.pid(), "OBSERVED");
                agent.await(two.pid(), "OBSERVED");
                System.out.println("SHOWN pushed to both observed: " + millisSince(pushed) + " ms");
                expectExploitable(false, one, two);
                expectMetrics(agent);

                hotpatch.run(7, "node", "rollback", "--state", hotpatch.path("state"));
                expectExploitable(true, one, two);
                hotpatch.run(0, "node", "apply", patch, "--state", hotpatch.path("state"));
                expectExploitable(false, one, two);

                expectUnharmed("two", second);
                BrokerPod again = killAndRestart(containerd, two);
                long served = System.nanoTime();
                agent.await(again.pid(), "OBSERVED");
                System.out.println("SHOWN new container serves to observed: " + millisSince(served) + " ms");
                expectExploitable(false, one, again);

                expectUnharmed("one", first);
                assertEquals(List.of(), one.strayFiles());
                assertEquals(List.of(), again.strayFiles());
            }
        }
    }

    /** The application dies, and what a kubelet does then is done. */
    private static BrokerPod killAndRestart(ContainerdFixture containerd, BrokerPod killed) throws Exception {
        ProcessHandle jvm = ProcessHandle.of(killed.pid()).orElseThrow();
        assertTrue(jvm.destroyForcibly());
        BrokerPod again = BrokerPod.awaitReady(containerd.restart(killed.pod()), killed.tools());
        assertFalse(jvm.isAlive());
        return again;
    }

    private static void expectExploitable(boolean expected, BrokerPod... pods) throws Exception {
        for (BrokerPod pod : pods) {
            assertEquals(expected, pod.isExploitable(), pod.pod().request().name());
        }
    }

    private static void expectMetrics(RunningAgent agent) throws Exception {
        String metrics = agent.page("/metrics");
        assertTrue(metrics.contains("hotpatch_jvms{state=\"OBSERVED\"} 2"), metrics);
        String health = agent.page("/healthz");
        assertTrue(health.startsWith("ok"), health);
    }

    private static void expectUnharmed(String pod, SteadyClient client) throws Exception {
        Figures totals = client.stop();
        System.out.println("SHOWN client of pod " + pod + ": " + totals);
        assertEquals(0, totals.number("lost"));
        assertEquals(0, totals.number("duplicated"));
        assertEquals(0, totals.number("drops"));
        assertEquals(totals.number("sent"), totals.number("received"));
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
