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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class ManifestsTest {
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
}
