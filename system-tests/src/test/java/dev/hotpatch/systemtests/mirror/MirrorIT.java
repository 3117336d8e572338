package dev.hotpatch.systemtests.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.systemtests.environment.ContainerdFixture;
import dev.hotpatch.systemtests.environment.PodRequest;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker's next release reaches a node as deltas; whatever goes wrong, containerd gets the image that was pushed, or says why not. */
final class MirrorIT extends PushedRelease {
    private static final String REBUILT = "hotpatch_mirror_layers_rebuilt_total";
    private static final String SERVED = "hotpatch_mirror_served_bytes_total";

    @BeforeEach
    void forgetWhatWasPulledBefore() {
        release.origin().received();
    }

    @Test
    void theTargetIsPulledAsDeltasAndIsWhole() throws Exception {
        long full;
        try (ContainerdFixture plain = release.nodeWithBase()) {
            assertEquals(release.to().configDigest(), plain.pull(release.to().reference()));
            full = release.origin().received();
        }
        try (ContainerdFixture containerd = release.nodeWithBase();
                RunningMirror mirror = release.mirror(containerd, "whole")) {
            release.enter(containerd, mirror.address());
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
            assertEquals(release.changedLayers().size(), mirror.metric(REBUILT));
            assertFalse(mirror.metrics().contains("hotpatch_mirror_fallbacks_total{"), mirror.metrics());
            release.expectWhole(containerd, release.to().reference());
            release.expectFixedBroker(containerd, release.to().reference());
        }
    }

    @Test
    void aMirrorThatIsKilledInTheMiddleOfALayerHarmsNothing() throws Exception {
        try (ContainerdFixture containerd = release.nodeWithBase();
                RunningMirror mirror = release.mirror(containerd, "killed");
                CountingProxy way = CountingProxy.start(mirror.port())) {
            release.enter(containerd, "http://" + way.host());
            assertEquals(
                    200,
                    RunningMirror.get(mirror.address() + release.manifestPath()).statusCode());
            mirror.await(REBUILT, release.changedLayers().size());
            way.breakAfter(500_000, mirror::kill);
            assertEquals(
                    release.to().configDigest(), containerd.pull(release.to().reference()));
            assertTrue(way.received() > 500_000, "the mirror was killed after it had given a part");
            System.out.println("SHOWN mirror killed: " + release.origin().received() + " bytes from the registry");
            release.expectWhole(containerd, release.to().reference());
        }
    }

    @Test
    void aDeltaThatIsDamagedIsNotUsedAndTheLayerComesFromTheRegistry() throws Exception {
        Path file = release.file(release.deltas().get(0).digest());
        byte[] good = Files.readAllBytes(file);
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;
        Files.write(file, bad);
        try (ContainerdFixture containerd = release.nodeWithBase();
                RunningMirror mirror = release.mirror(containerd, "damaged")) {
            release.enter(containerd, mirror.address());
            assertEquals(
                    release.to().configDigest(), containerd.pull(release.to().reference()));
            assertTrue(mirror.metric("hotpatch_mirror_fallbacks_total{reason=\"mismatch\"}") > 0, mirror.metrics());
            System.out.println("SHOWN damaged delta: " + mirror.log());
            release.expectWhole(containerd, release.to().reference());
        } finally {
            Files.write(file, good);
        }
    }

    @Test
    void withoutTheRegistryWhatTheMirrorHasIsPulledAndTheRestFailsClearly() throws Exception {
        try (ContainerdFixture containerd = release.nodeWithBase();
                RunningMirror mirror = release.mirror(containerd, "alone")) {
            // The registry as seen from here goes away without ending it for other tests.
            release.enter(containerd, mirror.address());
            assertEquals(
                    200,
                    RunningMirror.get(mirror.address() + release.manifestPath()).statusCode());
            mirror.await(REBUILT, release.changedLayers().size());
            release.origin().breakAfter(0, () -> {});
            try {
                assertEquals(
                        release.to().configDigest(),
                        containerd.pull(release.to().byDigest()));
                release.expectWhole(containerd, release.to().byDigest());
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
        try (ContainerdFixture containerd = release.nodeWithBase()) {
            List<String> words =
                    new ArrayList<>(List.of("node", "run", "--mirror-port", "0", "--prefetch", "--interval", "1"));
            try (RunningMirror agent =
                    RunningMirror.start(release.hotpatch(), containerd, "ahead", words.toArray(String[]::new))) {
                release.enter(containerd, agent.address());
                containerd.run(PodRequest.of("base", release.from().byDigest()));
                agent.await("hotpatch_prefetches_total{result=\"ok\"}", 1);
                assertTrue(agent.metric(SERVED) > 0, agent.metrics());
                System.out.println("SHOWN prefetched: " + agent.log());
                release.expectWhole(containerd, release.to().byDigest());
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
