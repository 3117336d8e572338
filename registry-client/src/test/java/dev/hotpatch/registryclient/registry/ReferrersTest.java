package dev.hotpatch.registryclient.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Index;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.registryclient.reference.ImageReference;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.testdata.registry.InProcessRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
final class ReferrersTest {
    private static final String TYPE = "application/vnd.example.a.v1+json";
    private static final String OTHER = "application/vnd.example.b.v1+json";

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

    private static Set<Digest> digests(List<Referrer> referrers) {
        return referrers.stream().map(referrer -> referrer.manifest().digest()).collect(Collectors.toSet());
    }
}
