package dev.hotpatch.nodeagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotpatch.nodeagent.attach.AttachClient;
import dev.hotpatch.nodeagent.attach.AttachTimeouts;
import dev.hotpatch.nodeagent.hook.HookAccess;
import dev.hotpatch.nodeagent.hook.HookJar;
import dev.hotpatch.nodeagent.journal.ApplyState;
import dev.hotpatch.nodeagent.journal.FaultPoint;
import dev.hotpatch.nodeagent.journal.JournalRecord;
import dev.hotpatch.nodeagent.journal.JvmKey;
import dev.hotpatch.nodeagent.journal.StateDirectory;
import dev.hotpatch.nodeagent.metrics.Metrics;
import dev.hotpatch.nodeagent.proc.JvmProcess;
import dev.hotpatch.nodeagent.proc.ProcFs;
import dev.hotpatch.nodeagent.target.ChildJvm;
import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole agent against real JVMs of user 1000 and the real hook; only registry and container runtime are in memory. */
final class NodeAgentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ProcFs proc = ProcFs.system();
    private final TestPatches patches = new TestPatches();
    private final Metrics metrics = new Metrics();
    private final ConcurrentLinkedQueue<AgentEvent> events = new ConcurrentLinkedQueue<>();

    @TempDir
    Path directory;

    @BeforeEach
    void needsRootAndHook() {
        assumeTrue("root".equals(System.getProperty("user.name")), "attaching to other users' JVMs needs root");
        assumeTrue(HookJar.class.getResource("hotpatch-jvm-agent.jar") != null, "needs the hook's jar");
    }

    @Test
    void patchesRunningJvmsAndTakesThePatchOutAgain() throws Exception {
        Digest patch = patches.list("new");
        try (ChildJvm first = start(List.of(), true);
                ChildJvm second = start(List.of(), true);
                ChildJvm other = start(List.of(), false);
                StateDirectory state = open(FaultPoint.NONE);
                NodeAgent agent = agent(state)) {
            assertEquals("old", first.ask());
            cycle(agent);
            assertEquals(List.of("new", "new", "old"), List.of(first.ask(), second.ask(), other.ask()));
            assertEquals(ApplyState.OBSERVED, last(agent, first).state());
            assertEquals(1, patches.pulls.get(), "pulled once for all JVMs");
            assertEquals(Optional.empty(), agent.trouble());
            assertEquals(List.of(), leftBehind(".zip", first, second));
            assertTrue(cycle(agent).isEmpty(), "nothing more to do");

            patches.unreachable = true;
            List<JvmStatus> after = agent.rollBack(Optional.of(patch), PATIENCE);
            assertEquals(
                    2,
                    after.stream()
                            .filter(s -> s.last()
                                    .filter(r -> r.state() == ApplyState.ROLLED_BACK)
                                    .isPresent())
                            .count());
            assertEquals(List.of("old", "old"), List.of(first.ask(), second.ask()));
            patches.unreachable = false;
            assertTrue(cycle(agent).isEmpty(), "not applied again");

            agent.apply(Optional.of(patch), PATIENCE);
            assertEquals(List.of("new", "new"), List.of(first.ask(), second.ask()));
            assertFalse(first.hasPrinted());
            assertTrue(events.stream().anyMatch(event -> event.state() == ApplyState.APPLIED && event.micros() > 0));
            assertTrue(metrics.render().contains("hotpatch_states_total{state=\"APPLIED\",reason=\"ok\"} 4"));
            assertTrue(metrics.render().contains("hotpatch_apply_seconds_count 4"));
        }
    }

    @Test
    void aLibraryPatchReachesJvmsWhateverTheirImage() throws Exception {
        patches.list("new");
        patches.ofLibrary = true;
        try (ChildJvm known = start(List.of(), true);
                ChildJvm unknown = start(List.of(), false);
                StateDirectory state = open(FaultPoint.NONE);
                NodeAgent agent = agent(state)) {
            cycle(agent);
            assertEquals(List.of("new", "new"), List.of(known.ask(), unknown.ask()));
            agent.rollBack(Optional.empty(), PATIENCE);
            assertEquals(List.of("old", "old"), List.of(known.ask(), unknown.ask()));
        }
    }

    /** The state is on disk and nothing after it happened; the next agent finishes the work. */
    @ParameterizedTest
    @EnumSource(
            value = ApplyState.class,
            names = {"PULLED", "VERIFIED", "STAGED", "ATTACHED", "APPLIED", "OBSERVED"})
    void anAgentThatDiesInAnyStateIsFollowedByOneThatFinishes(ApplyState at) throws Exception {
        patches.list("new");
        try (ChildJvm child = start(List.of(), true)) {
            try (StateDirectory state = open(reached -> {
                        if (reached == at) {
                            throw new Killed();
                        }
                    });
                    NodeAgent agent = agent(state)) {
                try {
                    cycle(agent);
                } catch (ExecutionException e) {
                    assertTrue(e.getCause() instanceof Killed);
                }
                assertEquals(at, last(agent, child).state());
            }
            try (StateDirectory state = open(FaultPoint.NONE);
                    NodeAgent agent = agent(state)) {
                cycle(agent);
                assertEquals(ApplyState.OBSERVED, last(agent, child).state());
                assertEquals("new", child.ask());
                assertEquals(List.of(), leftBehind(".zip", child));
            }
        }
    }

    @Test
    void aNewerPatchTakesTheOldOnesPlace() throws Exception {
        Digest older = patches.list("two");
        try (ChildJvm child = start(List.of(), true);
                StateDirectory state = open(FaultPoint.NONE);
                NodeAgent agent = agent(state)) {
            cycle(agent);
            assertEquals("two", child.ask());
            Digest newer = patches.list("six");
            cycle(agent);
            cycle(agent);
            assertEquals("six", child.ask());
            assertEquals("superseded", last(agent, child, older).code());
            assertEquals(ApplyState.OBSERVED, last(agent, child, newer).state());

            agent.rollBack(Optional.of(newer), PATIENCE);
            assertEquals("two", child.ask(), "back to the one before");
            agent.rollBack(Optional.empty(), PATIENCE);
            assertEquals("old", child.ask(), "back to the base");
        }
    }

    @Test
    void saysWhyAJvmIsNotPatchedAndGoesOnWithTheOthers() throws Exception {
        patches.list("new");
        try (ChildJvm closed = start(List.of("-XX:+DisableAttachMechanism"), true);
                ChildJvm open = start(List.of(), true);
                StateDirectory state = open(FaultPoint.NONE);
                NodeAgent agent = agent(state)) {
            cycle(agent);
            assertEquals("attach-disabled", last(agent, closed).code());
            assertTrue(last(agent, closed).detail().contains("-javaagent"));
            assertEquals("old", closed.ask());
            assertEquals("new", open.ask());
            assertTrue(cycle(agent).isEmpty(), "said once");
        }
    }

    @Test
    void refusesPatchesForAnotherBaseAndPatchesOfStrangers() throws Exception {
        try (ChildJvm child = start(List.of(), true);
                StateDirectory state = open(FaultPoint.NONE);
                NodeAgent agent = agent(state)) {
            assertEquals("old", child.ask());
            Digest stranger = patches.listWronglySigned("bad");
            cycle(agent);
            assertEquals("unverified-wrong-key", last(agent, child, stranger).code());
            Digest otherBase = patches.listForAnotherBase("bad");
            cycle(agent);
            assertEquals("hook-class-mismatch", last(agent, child, otherBase).code());
            assertEquals("old", child.ask());
        }
    }

    @Test
    void tellsDamagedPatchesFromARegistryThatDoesNotAnswer() throws Exception {
        try (ChildJvm child = start(List.of(), true);
                StateDirectory state = open(FaultPoint.NONE);
                NodeAgent agent = agent(state)) {
            Digest damaged = patches.listDamaged("bad", new DigestMismatchException("another digest"));
            cycle(agent);
            assertEquals("unverified-tampered", last(agent, child, damaged).code());
            Digest odd = patches.listDamaged("odd", new JsonException("not JSON"));
            cycle(agent);
            assertEquals("unverified-malformed", last(agent, child, odd).code());
            Digest lost = patches.listDamaged("two", new IOException("no answer"));
            cycle(agent);
            assertEquals("io-error", last(agent, child, lost).code());
            assertEquals("old", child.ask());
        }
    }

    @Test
    void theKillSwitchStopsAllActionAndIsSeenBetweenSteps() throws Exception {
        patches.list("new");
        Path stop = directory.resolve("state/stop");
        try (ChildJvm child = start(List.of(), true);
                StateDirectory state = open(reached -> {
                    try {
                        if (reached == ApplyState.STAGED) {
                            Files.createFile(stop);
                        }
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
                NodeAgent agent = agent(state)) {
            cycle(agent);
            assertEquals("old", child.ask());
            assertEquals(ApplyState.STAGED, last(agent, child).state());
            assertEquals(List.of(), leftBehind(".zip", child));
            assertTrue(cycle(agent).isEmpty());
            assertTrue(agent.trouble().orElse("").contains("kill switch"));
        }
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A machine that runs tests has other JVMs, which are nobody's to patch. */
    private record OwnChildren(TargetFinder all) implements TargetFinder {
        @Override
        public List<Target> find() throws IOException {
            Set<Long> own = ProcessHandle.current()
                    .descendants()
                    .map(ProcessHandle::pid)
                    .collect(Collectors.toSet());
            return all.find().stream()
                    .filter(target -> own.contains((long) target.key().pid()))
                    .toList();
        }

        @Override
        public boolean isAlive(JvmKey jvm) throws IOException {
            return all.isAlive(jvm);
        }
    }

    private StateDirectory open(FaultPoint fault) throws IOException {
        return StateDirectory.open(directory.resolve("state"), Clock.systemUTC(), fault);
    }

    private NodeAgent agent(StateDirectory state) throws IOException {
        AttachClient client = new AttachClient(proc, AttachTimeouts.DEFAULT);
        HookAccess access = HookAccess.byAttach(client, HookJar.embedded(), Duration.ofSeconds(30));
        TargetFinder finder = new OwnChildren(new NodeTargets(proc, Optional.empty()));
        return new NodeAgent(finder, patches, access, state, metrics, events::add, Clock.systemUTC(), 4);
    }

    private static List<Future<?>> cycle(NodeAgent agent) throws Exception {
        List<Future<?>> work = agent.cycle();
        for (Future<?> each : work) {
            each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        return work;
    }

    private ChildJvm start(List<String> options, boolean ofTheImage) throws IOException {
        Map<String, String> environment =
                ofTheImage ? Map.of(JvmProcess.IMAGE_VARIABLE, TestPatches.IMAGE.toString()) : Map.of();
        return ChildJvm.start(ChildJvm.JDK_17, directory, ChildJvm.asUser(1000), options, environment);
    }

    private static JournalRecord last(NodeAgent agent, ChildJvm child) throws IOException {
        return agent.status().stream()
                .filter(status -> status.key().pid() == child.pid())
                .findFirst()
                .flatMap(JvmStatus::last)
                .orElseThrow();
    }

    private static JournalRecord last(NodeAgent agent, ChildJvm child, Digest patch) throws IOException {
        return agent.status().stream()
                .filter(status ->
                        status.key().pid() == child.pid() && status.patch().equals(Optional.of(patch)))
                .findFirst()
                .flatMap(JvmStatus::last)
                .orElseThrow();
    }

    private static List<String> leftBehind(String extension, ChildJvm... children) throws IOException {
        try (var files = Files.list(Path.of("/tmp"))) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(".hotpatch-"))
                    .filter(name ->
                            List.of(children).stream().anyMatch(child -> name.endsWith("-p" + child.pid() + extension)))
                    .toList();
        }
    }
}
