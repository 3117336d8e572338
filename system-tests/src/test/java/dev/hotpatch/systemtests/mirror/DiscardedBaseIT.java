package dev.hotpatch.systemtests.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.systemtests.environment.Await;
import dev.hotpatch.systemtests.environment.ContainerdFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Deltas reach nodes, too, whose containerd has dropped the layers of the base image after it unpacked them. */
final class DiscardedBaseIT extends PushedRelease {
    private static final String REBUILT = "hotpatch_mirror_layers_rebuilt_total";

    private static Path blob(ContainerdFixture containerd, Digest digest) {
        return containerd
                .root()
                .resolve("io.containerd.content.v1.content/blobs/sha256")
                .resolve(digest.hex());
    }

    private static Optional<Boolean> allGone(ContainerdFixture containerd, List<Descriptor> layers) {
        return layers.stream().anyMatch(layer -> Files.exists(blob(containerd, layer.digest())))
                ? Optional.empty()
                : Optional.of(true);
    }

    @Test
    void aRuntimeThatDiscardsUnpackedLayersPullsTheTargetAsDeltas() throws Exception {
        List<Descriptor> base = release.layers(release.from());
        try (ContainerdFixture containerd = release.withBase(ContainerdFixture.startDiscarding());
                RunningMirror mirror = release.mirror(containerd, "discarding")) {
            Await.until("the base's layers dropped", Duration.ofSeconds(60), () -> allGone(containerd, base));
            release.enter(containerd, mirror.address());
            release.origin().received();
            assertEquals(
                    release.to().configDigest(), containerd.pull(release.to().reference()));
            long wire = release.origin().received();
            long full =
                    release.changedLayers().stream().mapToLong(Descriptor::size).sum();
            System.out.println("SHOWN " + release.skeletons());
            System.out.println("SHOWN discarding: " + wire + " bytes over the wire, changed layers " + full
                    + ", unchanged ones above them, which are unpacked anew, " + aboveChanged());
            System.out.println("SHOWN " + mirror.log());
            // Those above the changed ones are among what is unpacked anew, and would be pulled in full without a
            // delta.
            assertTrue(aboveChanged() > 0, release.layers(release.to()).toString());
            assertTrue(wire * 4 < full, wire + " of " + full + "\n" + mirror.log());
            assertEquals(release.deltas().size(), mirror.metric(REBUILT));
            assertFalse(mirror.metrics().contains("hotpatch_mirror_fallbacks_total{"), mirror.metrics());
            expectNoViews(containerd);
            release.expectFixedBroker(containerd, release.to().reference());
        }
    }

    private long aboveChanged() throws IOException {
        List<Descriptor> base = release.layers(release.from());
        List<Descriptor> target = release.layers(release.to());
        int changed = target.indexOf(release.changedLayers().get(0));
        return target.subList(changed + 1, target.size()).stream()
                .filter(base::contains)
                .mapToLong(Descriptor::size)
                .sum();
    }

    private static void expectNoViews(ContainerdFixture containerd) throws Exception {
        String snapshots = containerd.ctr("--namespace", "k8s.io", "snapshots", "ls");
        assertFalse(snapshots.contains("hotpatch"), snapshots);
    }

    @Test
    void theTargetIsWholeWhereTheBasesLayersWereRemovedByHand() throws Exception {
        try (ContainerdFixture containerd = release.nodeWithBase();
                RunningMirror mirror = release.mirror(containerd, "removed")) {
            for (Descriptor layer : release.droppedLayers()) {
                containerd.ctr(
                        "--namespace", "k8s.io", "content", "rm", layer.digest().toString());
            }
            Await.until(
                    "the base's own layers removed",
                    Duration.ofSeconds(60),
                    () -> allGone(containerd, release.droppedLayers()));
            release.enter(containerd, mirror.address());
            assertEquals(
                    release.to().configDigest(), containerd.pull(release.to().reference()));
            assertEquals(release.changedLayers().size(), mirror.metric(REBUILT));
            release.expectWhole(containerd, release.to().reference());
            release.expectFixedBroker(containerd, release.to().reference());
        }
    }

    @Test
    void unpackedFilesThatWereChangedAreNotUsed() throws Exception {
        List<Descriptor> base = release.layers(release.from());
        try (ContainerdFixture containerd = release.withBase(ContainerdFixture.startDiscarding());
                RunningMirror mirror = release.mirror(containerd, "changed")) {
            Await.until("the base's layers dropped", Duration.ofSeconds(60), () -> allGone(containerd, base));
            Path snapshots = containerd.root().resolve("io.containerd.snapshotter.v1.overlayfs/snapshots");
            try (Stream<Path> files = Files.walk(snapshots)) {
                for (Path jar : files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                        .toList()) {
                    byte[] bytes = Files.readAllBytes(jar);
                    bytes[bytes.length / 2] ^= 1;
                    Files.write(jar, bytes);
                }
            }
            release.enter(containerd, mirror.address());
            assertEquals(
                    release.to().configDigest(), containerd.pull(release.to().reference()));
            assertTrue(mirror.metric("hotpatch_mirror_fallbacks_total{reason=\"mismatch\"}") > 0, mirror.metrics());
            System.out.println("SHOWN changed files: " + mirror.log());
        }
    }
}
