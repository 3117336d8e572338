package dev.hotpatch.systemtests.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.codec.Compression;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Index;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.systemtests.environment.ContainerdFixture;
import dev.hotpatch.testdata.activemq.RunningProcess;
import dev.hotpatch.testdata.image.BuiltImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is less usual about nodes and images: full disks, indexes, layers that cannot be given back, a mirror that starts anew. */
final class MirrorFaultsIT extends PushedRelease {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String REBUILT = "hotpatch_mirror_layers_rebuilt_total";
    private static final String FALLBACKS = "hotpatch_mirror_fallbacks_total";

    private static String run(String... command) throws IOException, InterruptedException {
        try (RunningProcess process = RunningProcess.start(List.of(command), Map.of())) {
            int code = process.exitCode(PATIENCE);
            String output = String.join("\n", process.output());
            assertEquals(0, code, () -> String.join(" ", command) + "\n" + output);
            return output;
        }
    }

    /** The first is too small from the beginning; on the other the files run out in the middle of the work. */
    @ParameterizedTest
    @ValueSource(strings = {"size=24m", "size=256m,nr_inodes=9"})
    void onAFullDiskTheLayerComesFromTheRegistryAndNothingIsLeftOver(String limit) throws Exception {
        String name = "full-" + limit.length();
        Path state = Path.of(release.hotpatch().path(name));
        Files.createDirectory(
                state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        run("mount", "-t", "tmpfs", "-o", limit + ",mode=0700", "tmpfs", state.toString());
        try (ContainerdFixture containerd = release.nodeWithBase()) {
            try (RunningMirror mirror = release.mirror(containerd, name)) {
                release.enter(containerd, mirror.address());
                assertEquals(
                        release.to().configDigest(),
                        containerd.pull(release.to().reference()));
                System.out.println("SHOWN full disk, " + limit + ": " + mirror.log());
                assertTrue(mirror.metric(FALLBACKS + "{reason=\"no-space\"}") > 0, mirror.metrics());
                assertTrue(mirror.log().contains("left to the registry (no-space)"), mirror.log());
                release.expectWhole(containerd, release.to().reference());
            }
            for (String folder : List.of("layers", "targets")) {
                try (Stream<Path> left = Files.list(state.resolve(folder))) {
                    assertEquals(
                            List.of(),
                            left.filter(file -> file.toString().contains(".")).toList());
                }
            }
        } finally {
            run("umount", state.toString());
        }
    }

    private String pushIndex(String tag, BuiltImage own, BuiltImage other) throws IOException, InterruptedException {
        Index index = Index.create(List.of(
                entry(own, new Platform("linux", "amd64", "")), entry(other, new Platform("linux", "arm64", "v8"))));
        put("manifests/" + tag, MediaTypes.OCI_INDEX, index.bytes());
        return release.origin().host() + "/shop/broker:" + tag;
    }

    private void put(String path, String mediaType, byte[] content) throws IOException, InterruptedException {
        HttpRequest put = HttpRequest.newBuilder(
                        URI.create("http://" + release.registry().host() + "/v2/shop/broker/" + path))
                .timeout(PATIENCE)
                .header("Content-Type", mediaType)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(put, HttpResponse.BodyHandlers.ofString());
        assertEquals(201, answer.statusCode(), answer.body());
    }

    /** Starts an upload; the rest of its address after the repository. */
    private String upload() throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(
                        URI.create("http://" + release.registry().host() + "/v2/shop/broker/blobs/uploads/"))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        String place = HttpClient.newHttpClient()
                .send(post, HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return place.substring(place.indexOf("blobs/uploads/"));
    }

    /** The target image with its own layers compressed otherwise. */
    private String pushCompressedByZstd(String tag) throws IOException, InterruptedException {
        Manifest own = Manifest.parse(
                Files.readAllBytes(release.file(Digest.parse(release.to().manifestDigest()))));
        List<Descriptor> base = release.layers(release.from());
        List<Descriptor> layers = new ArrayList<>();
        for (Descriptor layer : own.layers()) {
            layers.add(base.contains(layer) ? layer : pushCompressedByZstd(layer));
        }
        Manifest made = Manifest.create(Optional.empty(), own.config(), layers, Optional.empty(), own.annotations());
        put("manifests/" + tag, made.mediaType(), made.bytes());
        return release.origin().host() + "/shop/broker:" + tag;
    }

    private Descriptor pushCompressedByZstd(Descriptor layer) throws IOException, InterruptedException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (InputStream tar = Compression.decompress(Files.newInputStream(release.file(layer.digest())));
                OutputStream zstd = Compression.zstd(compressed)) {
            tar.transferTo(zstd);
        }
        byte[] bytes = compressed.toByteArray();
        put(upload() + "&digest=" + Digest.of(bytes), "application/octet-stream", bytes);
        return Descriptor.of(MediaTypes.OCI_LAYER_ZSTD, bytes);
    }

    private Descriptor entry(BuiltImage image, Platform platform) throws IOException {
        byte[] bytes = Files.readAllBytes(release.file(Digest.parse(image.manifestDigest())));
        return new Descriptor(
                Manifest.parse(bytes).mediaType(),
                Digest.of(bytes),
                bytes.length,
                Map.of(),
                Optional.of(platform),
                Optional.empty());
    }

    @Test
    void imagesOfSeveralPlatformsArePulledAsDeltas() throws Exception {
        String from = pushIndex("multi-1", release.from(), release.to());
        String to = pushIndex("multi-2", release.to(), release.from());
        try (ContainerdFixture containerd = ContainerdFixture.start();
                RunningMirror mirror = release.mirror(containerd, "index")) {
            containerd.allowPlainHttp(release.origin().host());
            assertEquals(release.from().configDigest(), containerd.pull(from));
            release.enter(containerd, mirror.address());
            assertEquals(release.to().configDigest(), containerd.pull(to));
            assertEquals(release.changedLayers().size(), mirror.metric(REBUILT), mirror.log());
            assertFalse(mirror.metrics().contains(FALLBACKS + "{"), mirror.metrics());
            release.expectWhole(containerd, to);
        }
    }

    @Test
    void layersCompressedByZstdComeFromTheRegistry() throws Exception {
        String target = pushCompressedByZstd("zstd");
        release.hotpatch()
                .run(
                        0,
                        "build",
                        release.from().byDigest(),
                        target,
                        "--key",
                        "ci.key",
                        "--push",
                        release.origin().host() + "/shop/broker",
                        "--no-check");
        try (ContainerdFixture containerd = release.nodeWithBase();
                RunningMirror mirror = release.mirror(containerd, "zstd")) {
            release.enter(containerd, mirror.address());
            assertEquals(release.to().configDigest(), containerd.pull(target));
            assertTrue(mirror.metric(FALLBACKS + "{reason=\"tar-only\"}") > 0, mirror.log());
            System.out.println("SHOWN zstd: " + mirror.log());
            release.expectWhole(containerd, target);
        }
    }

    @Test
    void aMirrorThatStartsWithoutTheRegistryHasWhatTheOneBeforeHad() throws Exception {
        try (ContainerdFixture containerd = release.nodeWithBase()) {
            try (RunningMirror before = release.mirror(containerd, "again")) {
                assertEquals(
                        200,
                        RunningMirror.get(before.address() + release.manifestPath())
                                .statusCode());
                before.await(REBUILT, release.changedLayers().size());
            }
            release.origin().breakAfter(0, () -> {});
            try (RunningMirror mirror = release.mirror(containerd, "again")) {
                release.enter(containerd, mirror.address());
                assertEquals(
                        release.to().configDigest(),
                        containerd.pull(release.to().byDigest()));
                release.expectWhole(containerd, release.to().byDigest());
            } finally {
                release.origin().breakAfter(Long.MAX_VALUE, () -> {});
            }
        }
    }
}
