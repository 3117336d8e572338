package dev.hotpatch.systemtests.patching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.systemtests.command.HotpatchCommand;
import dev.hotpatch.systemtests.environment.ContainerdFixture;
import dev.hotpatch.systemtests.environment.DockerRegistryFixture;
import dev.hotpatch.systemtests.environment.PodRequest;
import dev.hotpatch.systemtests.environment.RunningPod;
import dev.hotpatch.testdata.activemq.RunningProcess;
import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.image.BaseImage;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must not go into a JVM does not, whoever asks; each refusal has its own word, message and exit code. */
final class RefusalsIT {
    private static final CacheFolder CACHE = CacheFolder.fromEnvironment(System.getenv());
    private static final Path HOOK = Path.of("../jvm-agent/target/hotpatch-jvm-agent.jar");
    private static final int MAX_TEXT = 64 * 1024;

    @TempDir
    static Path scratch;

    private static @Nullable Environment started;

    /** One registry, one runtime and one agent for all; every test has images of its own. */
    private record Environment(
            HotpatchCommand hotpatch,
            BaseImage base,
            DockerRegistryFixture registry,
            ContainerdFixture containerd,
            RunningAgent agent,
            RunningAgent hostAgent) {
        static Environment start() throws Exception {
            HotpatchCommand hotpatch = new HotpatchCommand(PatchedPodsIT.COMMAND, scratch, Map.of());
            hotpatch.run(0, "key", "generate", "--output", "ci");
            hotpatch.run(0, "key", "generate", "--output", "stranger");
            DockerRegistryFixture registry = DockerRegistryFixture.start();
            ContainerdFixture containerd = ContainerdFixture.start();
            containerd.allowPlainHttp(registry.host());
            RunningAgent agent = RunningAgent.start(
                    hotpatch, scratch.resolve("state"), containerd.socket().toString(), hotpatch.path("ci.pub"));
            // What a process says of its image is heard only where no runtime can be asked.
            RunningAgent host = RunningAgent.start(hotpatch, scratch.resolve("host"), "none", hotpatch.path("ci.pub"));
            return new Environment(hotpatch, BaseImage.prepare(CACHE), registry, containerd, agent, host);
        }

        PriceRelease release(String edition) throws Exception {
            return release(edition, base);
        }

        PriceRelease release(String edition, BaseImage base) throws Exception {
            return PriceRelease.push(hotpatch, registry.host() + "/shop/price", edition, base, scratch);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        started = Environment.start();
    }

    @AfterAll
    static void end() throws Exception {
        if (started != null) {
            started.agent().close();
            started.hostAgent().close();
            started.registry().close();
            started.containerd().close();
        }
    }

    private static Environment environment() {
        return Objects.requireNonNull(started);
    }

    @Test
    void patchForAnotherBaseConcernsNobody() throws Exception {
        PriceRelease release = environment().release("base");
        PriceRelease other = environment().release("otherbase");
        String patch = release.buildPatch("--key", "ci.key");
        try (RunningProcess meant = PriceService.start(release.jar(), release.from());
                RunningProcess foreign = PriceService.start(other.jar(), other.from())) {
            environment().hostAgent().await(meant.pid(), "OBSERVED");
            PriceService.of(meant).expect(2, false);
            apply("host", 0, patch);
            assertEquals(
                    List.of(new RunningAgent.JvmReport("", "", "", "")),
                    environment().hostAgent().reports(foreign.pid()));
            PriceService.of(foreign).expect(1, true);
        }
    }

    @Test
    void classThatIsNotTheBasesKeepsAllOldCode() throws Exception {
        PriceRelease release = environment().release("class");
        Path altered = PriceJar.write(scratch.resolve("altered.jar"), 7, "class");
        String patch = release.buildPatch("--key", "ci.key");
        environment().containerd().pull(release.from().byDigest());
        RunningPod pod = environment()
                .containerd()
                .run(PodRequest.of("altered", release.from().byDigest())
                        .withMount("/app/application.jar", altered.toString()));
        PriceService service = PriceService.of(pod);
        service.expect(7, true);
        expectFailed(environment().agent(), service, "hook-class-mismatch", "build the patch from the image that runs");
        apply("state", 6, patch);
        service.expect(7, true);
        environment().containerd().remove(pod);

        Path live = scratch.resolve("live.zip");
        String reference = release.repository() + "@" + patch;
        environment().hotpatch().run(0, "pull", reference, "--key", "ci.pub", "--live", live.toString());
        try (RunningProcess preloaded =
                PriceService.start(altered, release.from(), "-javaagent:" + HOOK.toAbsolutePath() + "=patch=" + live)) {
            PriceService.of(preloaded).expect(7, true);
        }
    }

    @Test
    void wrongKeyIsRefused() throws Exception {
        PriceRelease release = environment().release("wrongkey");
        expectUnverified(release, release.buildPatch("--key", "stranger.key"), "wrong-key", "trust its key");
    }

    @Test
    void unsignedIsRefusedUntilItIsSigned() throws Exception {
        PriceRelease release = environment().release("unsigned");
        String patch = release.buildPatch();
        expectUnverified(release, patch, "no-signature", "hotpatch sign");
        try (RunningProcess jvm = PriceService.start(release.jar(), release.from())) {
            environment().hostAgent().await(jvm.pid(), "FAILED");
            environment().hotpatch().run(0, "sign", release.repository() + "@" + patch, "--key", "ci.key");
            environment().hostAgent().await(jvm.pid(), "OBSERVED");
            PriceService.of(jvm).expect(2, false);
        }
    }

    @Test
    void signatureForAnotherRepositoryIsRefused() throws Exception {
        PriceRelease release = environment().release("elsewhere");
        String elsewhere = environment().registry().host() + "/shop/elsewhere";
        String patch = release.buildPatch("--key", "ci.key", "--repository", elsewhere);
        expectUnverified(release, patch, "wrong-repository", "expected " + release.repository());
    }

    @Test
    void alteredLayerIsRefused() throws Exception {
        PriceRelease release = environment().release("tampered");
        String patch = release.buildPatch("--key", "ci.key");
        try (FileChannel blob = FileChannel.open(liveLayer(patch), StandardOpenOption.WRITE)) {
            blob.write(ByteBuffer.wrap(new byte[] {42}), blob.size() / 2);
        }
        expectUnverified(release, patch, "tampered", "sha256:");
    }

    @Test
    void truncatedLayerIsRefused() throws Exception {
        PriceRelease release = environment().release("truncated");
        String patch = release.buildPatch("--key", "ci.key");
        try (FileChannel blob = FileChannel.open(liveLayer(patch), StandardOpenOption.WRITE)) {
            blob.truncate(blob.size() - 10);
        }
        expectUnverified(release, patch, "tampered", "push the content again");
    }

    @Test
    void jvmThatTakesNoAttachIsLeftAlone() throws Exception {
        PriceRelease release = environment().release("noattach");
        expectPodRefused(
                release,
                PodRequest.of("noattach", release.from().byDigest())
                        .withVariable("JAVA_TOOL_OPTIONS", "-XX:+DisableAttachMechanism"),
                "attach-disabled",
                "-javaagent");
    }

    @Test
    void readOnlyRootIsLeftAlone() throws Exception {
        PriceRelease release = environment().release("readonly");
        expectPodRefused(
                release,
                PodRequest.of("readonly", release.from().byDigest()).withReadOnlyRoot(),
                "tmp-read-only",
                "emptyDir");
    }

    @Test
    void tmpThatIsALinkLeadsNowhere() throws Exception {
        PriceRelease release = environment().release("linked", BaseImage.prepareWithLinkedTmp(CACHE, "/etc"));
        Set<String> before = names(Path.of("/etc"));
        expectPodRefused(release, PodRequest.of("linked", release.from().byDigest()), "tmp-escapes", "not a link");
        assertEquals(before, names(Path.of("/etc")));
    }

    /** A pod of the release gets nothing, with the code and a hint; its files, and those of its /etc, stay as they were. */
    private static void expectPodRefused(PriceRelease release, PodRequest request, String code, String hint)
            throws Exception {
        environment().containerd().pull(release.from().byDigest());
        RunningPod pod = environment().containerd().run(request);
        PriceService service = PriceService.of(pod);
        service.expect(1, true);
        Path files = Path.of("/proc/" + pod.pid() + "/root/etc");
        Set<String> before = names(files);
        String patch = release.buildPatch("--key", "ci.key");
        expectFailed(environment().agent(), service, code, hint);
        apply("state", 6, patch);
        service.expect(1, true);
        assertEquals(before, names(files));
        environment().containerd().remove(pod);
    }

    /** Neither the command nor the agent takes the patch, both say why, and the JVM stays as it is. */
    private static void expectUnverified(PriceRelease release, String patch, String reason, String hint)
            throws Exception {
        String reference = release.repository() + "@" + patch;
        Path pulled = scratch.resolve(release.from().manifestDigest().substring(7));
        for (List<String> verb :
                List.of(List.of("verify", reference), List.of("pull", reference, "--output", pulled.toString()))) {
            String[] words = Stream.concat(verb.stream(), Stream.of("--key", "ci.pub", "--json"))
                    .toArray(String[]::new);
            JsonObject error = environment().hotpatch().run(5, words).json();
            assertEquals(reason, error.string("reason", MAX_TEXT));
            String message = error.string("message", MAX_TEXT);
            System.out.println("SHOWN " + verb.get(0) + ", exit code 5, " + reason + ": " + message);
            assertTrue(message.contains(hint), message);
        }
        assertFalse(Files.exists(pulled.resolve("index.json")));
        try (RunningProcess jvm = PriceService.start(release.jar(), release.from())) {
            expectFailed(environment().hostAgent(), PriceService.of(jvm), "unverified-" + reason, hint);
            apply("host", 5, patch);
            PriceService.of(jvm).expect(1, true);
        }
    }

    private static void expectFailed(RunningAgent agent, PriceService service, String code, String hint)
            throws Exception {
        RunningAgent.JvmReport report = agent.await(service.pid(), code);
        System.out.println("SHOWN node, " + report.code() + ": " + report.detail());
        assertEquals("FAILED", report.state());
        assertTrue(report.detail().contains(hint), report.detail());
    }

    private static void apply(String state, int exitCode, String patch) throws Exception {
        environment()
                .hotpatch()
                .run(
                        exitCode,
                        "node",
                        "apply",
                        patch,
                        "--state",
                        scratch.resolve(state).toString());
    }

    /** Where the registry keeps the first layer of a patch. */
    private static Path liveLayer(String patch) throws Exception {
        Manifest manifest = Manifest.parse(Files.readAllBytes(blob(Digest.parse(patch))));
        return blob(manifest.layers().get(0).digest());
    }

    private static Path blob(Digest digest) {
        return environment()
                .registry()
                .storage()
                .resolve("docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex())
                .resolve("data");
    }

    private static Set<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
