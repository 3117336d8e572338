package dev.hotpatch.systemtests.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.systemtests.command.HotpatchCommand;
import dev.hotpatch.systemtests.environment.ContainerdFixture;
import dev.hotpatch.systemtests.environment.DockerRegistryFixture;
import dev.hotpatch.systemtests.environment.PodRequest;
import dev.hotpatch.testdata.activemq.ActiveMq;
import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import dev.hotpatch.testdata.image.BaseImage;
import dev.hotpatch.testdata.image.BuiltImage;
import dev.hotpatch.testdata.image.JibImage;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker's next release reaches a node as deltas; whatever goes wrong, containerd gets the image that was pushed, or says why not. */
final class MirrorIT {
    private static final Path COMMAND =
            Path.of("../cli/target/hotpatch").toAbsolutePath().normalize();
    private static final CacheFolder CACHE = CacheFolder.fromEnvironment(System.getenv());
    private static final String REBUILT = "hotpatch_mirror_layers_rebuilt_total";
    private static final String SERVED = "hotpatch_mirror_served_bytes_total";

    @TempDir
    static Path scratch;

    private static @Nullable Release pushed;

    /** Both images and the patch, in a registry behind a proxy that counts. */
    private record Release(
            HotpatchCommand hotpatch,
            DockerRegistryFixture registry,
            CountingProxy origin,
            BuiltImage from,
            BuiltImage to,
            List<Descriptor> deltas) {
        static Release push() throws Exception {
            HotpatchCommand hotpatch = new HotpatchCommand(COMMAND, scratch, Map.of());
            DockerRegistryFixture registry = DockerRegistryFixture.start();
            CountingProxy origin = CountingProxy.start(
                    Integer.parseInt(registry.host().substring(registry.host().lastIndexOf(':') + 1)));
            String repository = origin.host() + "/shop/broker";
            BuiltImage from = push("5.16.6", repository);
            BuiltImage to = push("5.16.7", repository);
            hotpatch.run(0, "key", "generate", "--output", "ci");
            String patch = hotpatch.run(
                            0,
                            "build",
                            from.byDigest(),
                            to.byDigest(),
                            "--key",
                            "ci.key",
                            "--push",
                            repository,
                            "--json")
                    .json()
                    .string("patch", 128);
            Manifest manifest = Manifest.parse(Files.readAllBytes(file(registry, Digest.parse(patch))));
            List<Descriptor> deltas = manifest.layers().stream()
                    .filter(layer -> layer.mediaType().equals(MediaTypes.LAYER_DELTA))
                    .toList();
            return new Release(hotpatch, registry, origin, from, to, deltas);
        }

        private static BuiltImage push(String version, String repository) throws IOException, InterruptedException {
            ActiveMq broker = ActiveMq.fetch(version, MavenArtifacts.fromEnvironment(System.getenv()), CACHE, scratch);
            return JibImage.ofActiveMq(broker, BaseImage.prepare(CACHE), CACHE).push(repository + ":" + version);
        }

        /** Where the registry keeps a blob or manifest. */
        static Path file(DockerRegistryFixture registry, Digest content) {
            return registry.storage()
                    .resolve("docker/registry/v2/blobs/sha256")
                    .resolve(content.hex().substring(0, 2))
                    .resolve(content.hex())
                    .resolve("data");
        }

        /** What the mirror calls the target's manifest. */
        String manifestPath() {
            return "/v2/shop/broker/manifests/" + to.manifestDigest() + "?ns=" + origin.host();
        }
    }

    @BeforeAll
    static void push() throws Exception {
        pushed = Release.push();
    }

    @AfterAll
    static void end() throws IOException {
        Release release = Objects.requireNonNull(pushed);
        release.origin().close();
        release.registry().close();
    }

    private Release release = Objects.requireNonNull(pushed);

    @BeforeEach
    void forgetWhatWasPulledBefore() {
        release = Objects.requireNonNull(pushed);
        release.origin().received();
    }

    /** A node that has the base image. */
    private ContainerdFixture nodeWithBase() throws Exception {
        ContainerdFixture containerd = ContainerdFixture.start();
        containerd.allowPlainHttp(release.origin().host());
        containerd.pull(release.from().byDigest());
        release.origin().received();
        return containerd;
    }

    private RunningMirror mirror(ContainerdFixture containerd, String state) throws Exception {
        return RunningMirror.start(release.hotpatch(), containerd, state, "mirror", "--port", "0");
    }

    /** As the operator does it. */
    private void enter(ContainerdFixture containerd, String mirror) throws Exception {
        Path certs = containerd.certificates();
        String registry = release.origin().host();
        // What is there was written by hand.
        release.hotpatch().run(1, "node", "hosts-toml", registry, "--mirror", mirror, "--certs", certs.toString());
        Files.delete(certs.resolve(registry).resolve("hosts.toml"));
        release.hotpatch()
                .run(
                        0,
                        "node",
                        "hosts-toml",
                        registry,
                        "--mirror",
                        mirror,
                        "--certs",
                        certs.toString(),
                        "--plain-http");
    }

    private void expectWhole(ContainerdFixture containerd, String image) throws Exception {
        String line = containerd.ctr("--namespace", "k8s.io", "images", "check", "name==" + image);
        assertTrue(line.contains("complete"), line);
        assertFalse(line.contains("incomplete"), line);
        System.out.println("SHOWN " + line.lines().reduce((a, b) -> b).orElse(""));
    }

    private void expectFixedBroker(ContainerdFixture containerd, String image) throws Exception {
        var pod = containerd.run(PodRequest.of("target", image));
        pod.awaitLog("READY", Duration.ofSeconds(60));
    }

    @Test
    void theTargetIsPulledAsDeltasAndIsWhole() throws Exception {
        long full;
        try (ContainerdFixture plain = nodeWithBase()) {
            assertEquals(release.to().configDigest(), plain.pull(release.to().reference()));
            full = release.origin().received();
        }
        try (ContainerdFixture containerd = nodeWithBase();
                RunningMirror mirror = mirror(containerd, "whole")) {
            enter(containerd, mirror.address());
            release.origin().received();
            long start = System.nanoTime();
            assertEquals(
                    release.to().configDigest(), containerd.pull(release.to().reference()));
            long millis = (System.nanoTime() - start) / 1_000_000;
            long wire = release.origin().received();
            System.out.println("SHOWN over the wire: " + wire + " bytes through the mirror in " + millis + " ms, "
                    + full + " in full");
            System.out.println("SHOWN " + mirror.log());
            assertTrue(wire * 4 < full, wire + " of " + full);
            assertEquals(release.deltas().size(), mirror.metric(REBUILT));
            assertFalse(mirror.metrics().contains("hotpatch_mirror_fallbacks_total{"), mirror.metrics());
            expectWhole(containerd, release.to().reference());
            expectFixedBroker(containerd, release.to().reference());
        }
    }

    @Test
    void aMirrorThatIsKilledInTheMiddleOfALayerHarmsNothing() throws Exception {
        try (ContainerdFixture containerd = nodeWithBase();
                RunningMirror mirror = mirror(containerd, "killed");
                CountingProxy way = CountingProxy.start(mirror.port())) {
            enter(containerd, "http://" + way.host());
            assertEquals(
                    200,
                    RunningMirror.get(mirror.address() + release.manifestPath()).statusCode());
            mirror.await(REBUILT, release.deltas().size());
            way.breakAfter(500_000, mirror::kill);
            assertEquals(
                    release.to().configDigest(), containerd.pull(release.to().reference()));
            assertTrue(way.received() > 500_000, "the mirror was killed after it had given a part");
            System.out.println("SHOWN mirror killed: " + release.origin().received() + " bytes from the registry");
            expectWhole(containerd, release.to().reference());
        }
    }

    @Test
    void aDeltaThatIsDamagedIsNotUsedAndTheLayerComesFromTheRegistry() throws Exception {
        Path file = Release.file(release.registry(), release.deltas().get(0).digest());
        byte[] good = Files.readAllBytes(file);
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;
        Files.write(file, bad);
        try (ContainerdFixture containerd = nodeWithBase();
                RunningMirror mirror = mirror(containerd, "damaged")) {
            enter(containerd, mirror.address());
            assertEquals(
                    release.to().configDigest(), containerd.pull(release.to().reference()));
            assertTrue(mirror.metric("hotpatch_mirror_fallbacks_total{reason=\"mismatch\"}") > 0, mirror.metrics());
            System.out.println("SHOWN damaged delta: " + mirror.log());
            expectWhole(containerd, release.to().reference());
        } finally {
            Files.write(file, good);
        }
    }

    @Test
    void withoutTheRegistryWhatTheMirrorHasIsPulledAndTheRestFailsClearly() throws Exception {
        try (ContainerdFixture containerd = nodeWithBase();
                RunningMirror mirror = mirror(containerd, "alone")) {
            // The registry as seen from here goes away without ending it for other tests.
            enter(containerd, mirror.address());
            assertEquals(
                    200,
                    RunningMirror.get(mirror.address() + release.manifestPath()).statusCode());
            mirror.await(REBUILT, release.deltas().size());
            release.origin().breakAfter(0, () -> {});
            try {
                assertEquals(
                        release.to().configDigest(),
                        containerd.pull(release.to().byDigest()));
                expectWhole(containerd, release.to().byDigest());
                StatusRuntimeException e = assertThrows(
                        StatusRuntimeException.class,
                        () -> containerd.pull(release.to().reference()));
                System.out.println("SHOWN without a registry, by tag: " + e.getMessage());
                assertTrue(e.getMessage().contains(release.origin().host()), e.getMessage());
            } finally {
                release.origin().breakAfter(Long.MAX_VALUE, () -> {});
            }
        }
    }

    @Test
    void theTargetIsThereBeforeItIsNeeded() throws Exception {
        try (ContainerdFixture containerd = nodeWithBase()) {
            List<String> words =
                    new ArrayList<>(List.of("node", "run", "--mirror-port", "0", "--prefetch", "--interval", "1"));
            try (RunningMirror agent =
                    RunningMirror.start(release.hotpatch(), containerd, "ahead", words.toArray(String[]::new))) {
                enter(containerd, agent.address());
                containerd.run(PodRequest.of("base", release.from().byDigest()));
                agent.await("hotpatch_prefetches_total{result=\"ok\"}", 1);
                assertTrue(agent.metric(SERVED) > 0, agent.metrics());
                System.out.println("SHOWN prefetched: " + agent.log());
                expectWhole(containerd, release.to().byDigest());
                String told = release.hotpatch()
                        .run(
                                0,
                                "node",
                                "prefetch",
                                release.to().reference(),
                                "--cri",
                                containerd.socket().toString())
                        .output();
                assertTrue(told.contains(release.to().configDigest()), told);
            }
        }
    }
}
