package dev.hotpatch.systemtests.patching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.systemtests.command.HotpatchCommand;
import dev.hotpatch.systemtests.environment.ContainerdFixture;
import dev.hotpatch.systemtests.environment.DockerRegistryFixture;
import dev.hotpatch.testdata.activemq.Figures;
import dev.hotpatch.testdata.activemq.RunningProcess;
import dev.hotpatch.testdata.activemq.SteadyClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whenever the agent dies, the next one finishes its work, and the application does not notice either of them. */
final class AgentKilledIT {
    private static final List<String> STATES =
            List.of("PULLED", "VERIFIED", "STAGED", "ATTACHED", "APPLIED", "OBSERVED", "ROLLED_BACK");
    private static final int RANDOM_KILLS = 3;
    private static final int LONGEST_WAIT_MILLIS = 80;

    @TempDir
    Path scratch;

    @Test
    void theNextAgentFinishesInTheSameJvm() throws Exception {
        HotpatchCommand hotpatch = new HotpatchCommand(PatchedPodsIT.COMMAND, scratch, Map.of());
        try (DockerRegistryFixture registry = DockerRegistryFixture.start();
                ContainerdFixture containerd = ContainerdFixture.start()) {
            BrokerRelease release = BrokerRelease.push(registry, hotpatch, scratch);
            containerd.allowPlainHttp(registry.host());
            containerd.pull(release.from().byDigest());
            BrokerPod broker = release.run(containerd, "broker");
            try (SteadyClient client = broker.startClient()) {
                Scene scene = new Scene(hotpatch, containerd.socket().toString(), broker, release.buildPatch());
                for (String state : STATES) {
                    scene.dieIn(state);
                    scene.recover(state);
                }
                scene.dieAtRandom();
                Figures totals = client.stop();
                System.out.println("SHOWN client of a broker whose agent died " + (STATES.size() + RANDOM_KILLS)
                        + " times: " + totals);
                assertEquals(0, totals.number("lost"));
                assertEquals(0, totals.number("duplicated"));
                assertEquals(0, totals.number("drops"));
            }
        }
    }

    /** One broker in a pod, one patch, one state directory, and agents that come and go. */
    private final class Scene {
        private final HotpatchCommand hotpatch;
        private final String cri;
        private final BrokerPod broker;
        private final String patch;

        Scene(HotpatchCommand hotpatch, String cri, BrokerPod broker, String patch) {
            this.hotpatch = hotpatch;
            this.cri = cri;
            this.broker = broker;
            this.patch = patch;
        }

        private RunningAgent start(HotpatchCommand command) throws Exception {
            return RunningAgent.start(command, scratch.resolve("state"), cri, hotpatch.path("ci.pub"));
        }

        /** The agent ends as by SIGKILL as soon as the state is on disk; the command that it was busy with is told. */
        void dieIn(String state) throws Exception {
            HotpatchCommand doomed = hotpatch.withJavaOptions("-Dhotpatch.haltAfter=" + state);
            try (RunningAgent agent = start(doomed)) {
                if (state.equals("ROLLED_BACK")) {
                    hotpatch.run(0, "node", "apply", patch, "--state", hotpatch.path("state"));
                    hotpatch.run(1, "node", "rollback", "--state", hotpatch.path("state"));
                } else {
                    hotpatch.run(1, "node", "apply", patch, "--state", hotpatch.path("state"));
                }
                assertEquals(RunningAgent.KILLED, agent.exitCode());
            }
            assertEquals(state, lastState());
        }

        /** A new agent brings the patch into force, or leaves it out where it was taken out; then it is taken out for the next turn. */
        void recover(String state) throws Exception {
            long start = System.nanoTime();
            boolean out = state.equals("ROLLED_BACK");
            try (RunningAgent agent = start(hotpatch)) {
                agent.await(broker.pid(), out ? "ROLLED_BACK" : "OBSERVED");
                System.out.println("SHOWN killed in " + state + ", recovered by a new agent in "
                        + (System.nanoTime() - start) / 1_000_000 + " ms, its start included");
                assertEquals(out, broker.isExploitable(), state);
                expectTidy(state);
                hotpatch.run(7, "node", "rollback", "--state", hotpatch.path("state"));
            }
        }

        void dieAtRandom() throws Exception {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            RunningAgent agent = start(hotpatch);
            try {
                for (int kill = 0; kill < RANDOM_KILLS; kill++) {
                    int from = agent.lineCount();
                    try (RunningProcess command =
                            hotpatch.start("node", "apply", patch, "--state", hotpatch.path("state"))) {
                        agent.awaitLog("PULLED", from);
                        // Not a wait for something: the moment is what is tried.
                        LockSupport.parkNanos(random.nextInt(LONGEST_WAIT_MILLIS) * 1_000_000L);
                        agent.kill();
                        assertEquals(RunningAgent.KILLED, agent.exitCode());
                        command.end();
                    }
                    String found = lastState();
                    System.out.println("SHOWN kill -9 (seed " + seed + ") found the agent in " + found);
                    agent = start(hotpatch);
                    agent.await(broker.pid(), "OBSERVED");
                    assertFalse(broker.isExploitable(), found);
                    expectTidy(found);
                    hotpatch.run(7, "node", "rollback", "--state", hotpatch.path("state"));
                }
            } finally {
                agent.close();
            }
        }

        private void expectTidy(String when) throws IOException {
            assertTrue(ProcessHandle.of(broker.pid()).orElseThrow().isAlive(), when);
            assertEquals(List.of(), broker.strayFiles(), when);
        }

        /** What the dead agent's journal says. */
        private String lastState() throws IOException {
            String name = "_" + patch.replace("sha256:", "") + ".journal";
            try (Stream<Path> files = Files.list(scratch.resolve("state/journal"))) {
                Path journal = files.filter(file -> file.toString().endsWith(name))
                        .findFirst()
                        .orElseThrow();
                List<String> lines = Files.readAllLines(journal);
                return lines.get(lines.size() - 1).split(" ", -1)[0];
            }
        }
    }
}
