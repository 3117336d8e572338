package dev.hotpatch.registryclient.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.image.Layer;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.oci.Index;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.registryclient.NotFoundException;
import dev.hotpatch.registryclient.RegistryException;
import dev.hotpatch.registryclient.reference.ImageReference;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.testdata.registry.Fault;
import dev.hotpatch.testdata.registry.InProcessRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
final class ManifestsAndReferrersTest {
    private static final String TYPE = "application/vnd.example.a.v1+json";
    private static final String OTHER = "application/vnd.example.b.v1+json";
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    @Test
    void believesBytesAndNotHeaders() throws Exception {
        try (InProcessRegistry server = InProcessRegistry.start();
                Registry client = Registry.open(Content.options())) {
            Repository repository = Content.repository(server);
            Manifest image = Content.image(client, repository, "{}");
            client.pushManifest(repository, image.bytes(), Optional.of("v1"));
            String lie = Digest.of(new byte[1]).toString();
            server.faults().next("GET", "/manifests/v1", new Fault.ChangeHeader("Docker-Content-Digest", lie));
            Resolved resolved = client.resolve(ImageReference.of(repository, "v1"));
            assertEquals(image.digest(), resolved.digest());
            assertArrayEquals(image.bytes(), resolved.bytes());
            server.faults().next("GET", "/manifests/sha256", new Fault.FlipBit(9));
            assertThrows(DigestMismatchException.class, () -> client.manifest(repository, image.digest()));
            server.faults().next("PUT", "/manifests/", new Fault.ChangeHeader("Docker-Content-Digest", lie));
            assertThrows(
                    DigestMismatchException.class,
                    () -> client.pushManifest(repository, image.bytes(), Optional.empty()));
        }
    }

    @Test
    void readsNoMoreThanAManifestMayHave() throws Exception {
        try (InProcessRegistry server = InProcessRegistry.start();
                Registry client = Registry.open(Content.options())) {
            String huge = "x".repeat(Manifest.MAX_BYTES + 1);
            server.faults().next("GET", "/manifests/", new Fault.Answer(200, Map.of(), huge));
            ImageReference reference = ImageReference.of(Content.repository(server), "v1");
            RegistryException failure = assertThrows(RegistryException.class, () -> client.resolve(reference));
            assertTrue(String.valueOf(failure.getMessage()).contains("4194304"), failure.getMessage());
        }
    }

    @Test
    void pollsWithoutReadingWhatItKnows() throws Exception {
        try (InProcessRegistry server = InProcessRegistry.start();
                Registry client = Registry.open(Content.options())) {
            Repository repository = Content.repository(server);
            Manifest image = Content.image(client, repository, "{}");
            client.pushManifest(repository, image.bytes(), Optional.of("v1"));
            ImageReference tag = ImageReference.of(repository, "v1");
            assertEquals(Optional.empty(), client.resolveIfChanged(tag, image.digest()));
            assertEquals(
                    image.digest(),
                    client.resolveIfChanged(tag, Digest.of(new byte[2]))
                            .orElseThrow()
                            .digest());
        }
    }

    @Test
    void doesNotWriteAManifestAgainWhoseAnswerWasLost() throws Exception {
        try (InProcessRegistry server = InProcessRegistry.start();
                Registry client = Registry.open(Content.options())) {
            Repository repository = Content.repository(server);
            Manifest image = Content.image(client, repository, "{}");
            server.faults().next("PUT", "/manifests/v1", new Fault.LoseReply());
            // Nor does it need an answer to HEAD for that.
            server.faults().next("HEAD", "/manifests/v1", Fault.status(405));
            client.pushManifest(repository, image.bytes(), Optional.of("v1"));
            assertEquals(
                    1,
                    server.requests().stream()
                            .filter(request -> request.path().endsWith("/manifests/v1")
                                    && request.method().equals("PUT"))
                            .count());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listsReferrersOfOneTypeThatReallyRefer(boolean api) throws Exception {
        InProcessRegistry.Builder builder = InProcessRegistry.builder().pageSize(2);
        try (InProcessRegistry server = (api ? builder : builder.withoutReferrers()).start();
                Registry client = Registry.open(Content.options())) {
            Repository repository = Content.repository(server);
            Manifest image = Content.image(client, repository, "{}");
            client.pushManifest(repository, image.bytes(), Optional.of("v1"));
            Set<Digest> expected = new java.util.HashSet<>();
            for (int i = 0; i < 5; i++) {
                Manifest referrer = Content.manifest(
                        client,
                        repository,
                        i == 4 ? OTHER : TYPE,
                        "{\"n\":" + i + "}",
                        Optional.of(image.descriptor()));
                client.pushManifest(repository, referrer.bytes(), Optional.empty());
                if (i < 4) {
                    expected.add(referrer.digest());
                }
            }
            assertEquals(expected, digests(client.referrers(repository, image.digest(), Optional.of(TYPE))));
            assertEquals(
                    5,
                    client.referrers(repository, image.digest(), Optional.empty())
                            .size());
            assertEquals(!api, client.tags(repository).contains(FallbackIndex.tag(image.digest())));
            Digest first = expected.iterator().next();
            client.deleteManifest(repository, first);
            client.deleteManifest(repository, first);
            assertEquals(
                    4,
                    client.referrers(repository, image.digest(), Optional.empty())
                            .size());
        }
    }

    @Test
    void doesNotBelieveAListOfReferrers() throws Exception {
        try (InProcessRegistry server =
                        InProcessRegistry.builder().withoutReferrers().start();
                Registry client = Registry.open(Content.options())) {
            Repository repository = Content.repository(server);
            Manifest image = Content.image(client, repository, "{}");
            client.pushManifest(repository, image.bytes(), Optional.of("v1"));
            Manifest stranger = Content.manifest(client, repository, TYPE, "{\"n\":1}", Optional.empty());
            client.pushManifest(repository, stranger.bytes(), Optional.of("stranger"));
            byte[] index = Index.create(List.of(stranger.descriptor().withArtifactType(TYPE)))
                    .bytes();
            client.pushManifest(repository, index, Optional.of(FallbackIndex.tag(image.digest())));
            assertEquals(List.of(), client.referrers(repository, image.digest(), Optional.of(TYPE)));
        }
    }

    @Test
    void losesNoReferrerToAnotherWriter() throws Exception {
        try (InProcessRegistry server =
                        InProcessRegistry.builder().withoutReferrers().start();
                Registry setup = Registry.open(Content.options())) {
            Repository repository = Content.repository(server);
            Manifest image = Content.image(setup, repository, "{}");
            setup.pushManifest(repository, image.bytes(), Optional.of("v1"));
            Manifest rival = Content.manifest(setup, repository, TYPE, "{\"n\":9}", Optional.of(image.descriptor()));
            setup.pushManifest(repository, rival.bytes(), Optional.of("rival"));
            byte[] rivals = setup.resolve(ImageReference.of(repository, FallbackIndex.tag(image.digest())))
                    .bytes();
            List<Integer> overwritten = new ArrayList<>();
            // The rival had read the index before our entry was in it, and writes after us.
            RegistryOptions options = Content.options().pause(duration -> {
                if (overwritten.size() < 2) {
                    overwritten.add(1);
                    try {
                        setup.pushManifest(repository, rivals, Optional.of(FallbackIndex.tag(image.digest())));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }
            });
            try (Registry client = Registry.open(options)) {
                Manifest ours =
                        Content.manifest(client, repository, TYPE, "{\"n\":1}", Optional.of(image.descriptor()));
                client.pushManifest(repository, ours.bytes(), Optional.of("ours"));
                assertEquals(
                        Set.of(ours.digest(), rival.digest()),
                        digests(client.referrers(repository, image.digest(), Optional.empty())));
            }
        }
    }

    @Test
    void letsManyThreadsPushReferrers() throws Exception {
        try (InProcessRegistry server =
                        InProcessRegistry.builder().withoutReferrers().start();
                Registry client = Registry.open(Content.options())) {
            Repository repository = Content.repository(server);
            Manifest image = Content.image(client, repository, "{}");
            client.pushManifest(repository, image.bytes(), Optional.of("v1"));
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String text = "{\"n\":" + i + "}";
                running.add(threads.submit(() -> {
                    Manifest referrer =
                            Content.manifest(client, repository, TYPE, text, Optional.of(image.descriptor()));
                    return client.pushManifest(repository, referrer.bytes(), Optional.empty());
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
            threads.shutdown();
            assertEquals(
                    8,
                    client.referrers(repository, image.digest(), Optional.empty())
                            .size());
        }
    }

    @Test
    void repairsAFallbackIndexWithAnEntryThatIsGone() throws Exception {
        try (InProcessRegistry server =
                        InProcessRegistry.builder().withoutReferrers().start();
                Registry client = Registry.open(Content.options())) {
            Repository repository = Content.repository(server);
            Manifest image = Content.image(client, repository, "{}");
            client.pushManifest(repository, image.bytes(), Optional.of("v1"));
            Manifest gone = Content.manifest(client, repository, TYPE, "{\"n\":1}", Optional.of(image.descriptor()));
            client.pushManifest(repository, gone.bytes(), Optional.empty());
            java.net.http.HttpClient.newHttpClient()
                    .send(
                            java.net.http.HttpRequest.newBuilder(java.net.URI.create(
                                            "http://" + server.host() + "/v2/team/app/manifests/" + gone.digest()))
                                    .DELETE()
                                    .build(),
                            java.net.http.HttpResponse.BodyHandlers.discarding());
            Manifest next = Content.manifest(client, repository, TYPE, "{\"n\":2}", Optional.of(image.descriptor()));
            client.pushManifest(repository, next.bytes(), Optional.empty());
            assertEquals(
                    Set.of(next.digest()), digests(client.referrers(repository, image.digest(), Optional.empty())));
        }
    }

    @Test
    void walksAllPagesOfTagsButNotInCircles() throws Exception {
        try (InProcessRegistry server = InProcessRegistry.builder().pageSize(3).start();
                Registry client = Registry.open(Content.options())) {
            Repository repository = Content.repository(server);
            Manifest image = Content.image(client, repository, "{}");
            List<String> tags = List.of("a", "b", "c", "d", "e", "f", "g");
            for (String tag : tags) {
                client.pushManifest(repository, image.bytes(), Optional.of(tag));
            }
            assertEquals(tags, client.tags(repository));
            server.faults()
                    .on(
                            request -> request.path().endsWith("/tags/list"),
                            0,
                            99,
                            new Fault.ChangeHeader("Link", "</v2/team/app/tags/list?n=3>; rel=\"next\""));
            assertThrows(RegistryException.class, () -> client.tags(repository));
            server.faults().clear();
            server.faults().next("GET", "/tags/list", new Fault.ChangeHeader("Link", "<http://192.0.2.1/x>; rel=next"));
            assertThrows(RegistryException.class, () -> client.tags(repository));
            assertEquals(Optional.of("/b"), Pages.next("</a>; rel=\"prev\", </b>; x=\"y\"; rel=next"));
            assertEquals(Optional.empty(), Pages.next("</a>; rel=\"prev\""));
        }
    }

    @Test
    void opensTheImageOfAPlatformAndStreamsItsLayers() throws Exception {
        try (InProcessRegistry server = InProcessRegistry.start();
                Registry client = Registry.open(Content.options())) {
            Repository repository = Content.repository(server);
            byte[] layer = Content.push(client, repository, Content.random(3000));
            Manifest amd = image(client, repository, "amd64", layer);
            Manifest arm = image(client, repository, "arm64", layer);
            Index index = Index.create(List.of(
                    on(amd.descriptor(), Platform.parse("unknown/unknown")),
                    on(amd.descriptor(), AMD64),
                    on(arm.descriptor(), ARM64)));
            client.pushManifest(repository, index.bytes(), Optional.of("v1"));
            RemoteImage image = RemoteImage.open(client, ImageReference.of(repository, "v1"), ARM64);
            assertEquals(arm.digest(), image.manifest().digest());
            assertEquals(Optional.of(index.digest()), image.indexDigest());
            Layer only = image.layers().get(0);
            assertEquals(Digest.of("tar".getBytes(StandardCharsets.UTF_8)), only.diffId());
            try (InputStream in = only.open()) {
                assertArrayEquals(layer, in.readAllBytes());
            }
            assertThrows(
                    IOException.class,
                    () -> RemoteImage.open(client, ImageReference.of(repository, "v1"), Platform.parse("linux/s390x")));
            assertThrows(
                    NotFoundException.class,
                    () -> RemoteImage.open(client, ImageReference.of(repository, "v9"), AMD64));
            Index nested = index;
            for (int depth = 0; depth < 4; depth++) {
                nested = Index.create(List.of(on(Descriptor.of(nested.mediaType(), nested.bytes()), AMD64)));
                client.pushManifest(repository, nested.bytes(), Optional.of("deep"));
            }
            assertThrows(
                    RegistryException.class,
                    () -> RemoteImage.open(client, ImageReference.of(repository, "deep"), AMD64));
        }
    }

    private static Manifest image(Registry client, Repository repository, String architecture, byte[] layer)
            throws IOException {
        String diffId = Digest.of("tar".getBytes(StandardCharsets.UTF_8)).toString();
        byte[] config = ("{\"architecture\":\"" + architecture
                        + "\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + diffId
                        + "\"]}}")
                .getBytes(StandardCharsets.UTF_8);
        Content.push(client, repository, config);
        Manifest manifest = Manifest.create(
                Optional.empty(),
                Descriptor.of(MediaTypes.OCI_CONFIG, config),
                List.of(Descriptor.of(MediaTypes.OCI_LAYER_GZIP, layer)),
                Optional.empty(),
                Map.of());
        client.pushManifest(repository, manifest.bytes(), Optional.empty());
        return manifest;
    }

    private static Descriptor on(Descriptor descriptor, Platform platform) {
        return new Descriptor(
                descriptor.mediaType(),
                descriptor.digest(),
                descriptor.size(),
                Map.of(),
                Optional.of(platform),
                Optional.empty());
    }

    private static Set<Digest> digests(List<Referrer> referrers) {
        return referrers.stream().map(referrer -> referrer.manifest().digest()).collect(Collectors.toSet());
    }
}
