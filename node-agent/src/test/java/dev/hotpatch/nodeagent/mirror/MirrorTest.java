package dev.hotpatch.nodeagent.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.nodeagent.metrics.Metrics;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.plan.LayerDecision;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MirrorTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Metrics metrics = new Metrics();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final ImagesOfNode node = new ImagesOfNode();

    @TempDir
    Path scratch;

    private SampleImages images;
    private SignedPatches patches;
    private Mirror mirror;

    @BeforeEach
    void start() throws IOException {
        images = new SampleImages();
        images.pullBase(scratch.resolve("containerd"));
        node.images.add(SampleImages.REPOSITORY + "@" + images.base.digest());
        patches = new SignedPatches(images);
        mirror = start(patches.patches());
    }

    private Mirror start(Patches believed) throws IOException {
        return Mirror.start(
                MirrorSettings.of(0, scratch.resolve("layers"), scratch.resolve("containerd"), 10 << 20),
                believed,
                node,
                metrics,
                said::add,
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        mirror.close();
    }

    private HttpResponse<byte[]> ask(String method, String path, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(mirror.address() + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return ask("GET", path, Map.of());
    }

    private static String manifest(Digest digest) {
        return "/v2/shop/app/manifests/" + digest + "?ns=reg.example";
    }

    private static String blob(Digest digest) {
        return "/v2/shop/app/blobs/" + digest + "?ns=reg.example";
    }

    @Test
    void givesManifestConfigAndRebuiltLayer() throws Exception {
        patches.publish(images.delta());
        HttpResponse<byte[]> manifest = get(manifest(images.target.digest()));
        assertEquals(200, manifest.statusCode());
        assertArrayEquals(images.target.bytes(), manifest.body());
        assertEquals(
                MediaTypes.OCI_MANIFEST,
                manifest.headers().firstValue("Content-Type").orElseThrow());
        assertArrayEquals(
                images.targetConfig, get(blob(Digest.of(images.targetConfig))).body());
        HttpResponse<byte[]> layer = get(blob(images.layer()));
        assertArrayEquals(images.targetLayer, layer.body());
        assertEquals(
                images.layer().toString(),
                layer.headers().firstValue("Docker-Content-Digest").orElseThrow());
        assertTrue(
                metrics.render().contains("hotpatch_mirror_served_bytes_total " + images.targetLayer.length + "\n"),
                metrics.render());
    }

    @Test
    void givesPartsOfALayer() throws Exception {
        patches.publish(images.delta());
        HttpResponse<byte[]> rest = ask("GET", blob(images.layer()), Map.of("Range", "bytes=1000-"));
        assertEquals(206, rest.statusCode());
        assertArrayEquals(Arrays.copyOfRange(images.targetLayer, 1000, images.targetLayer.length), rest.body());
        assertEquals(
                416,
                ask("GET", blob(images.layer()), Map.of("Range", "bytes=" + images.targetLayer.length + "-"))
                        .statusCode());
    }

    @Test
    void saysHowLargeThingsAreWithoutGivingThem() throws Exception {
        patches.publish(images.delta());
        HttpResponse<byte[]> manifest = ask("HEAD", manifest(images.target.digest()), Map.of());
        assertEquals(200, manifest.statusCode());
        assertEquals(
                images.target.bytes().length,
                manifest.headers().firstValueAsLong("Content-Length").orElseThrow());
        HttpResponse<byte[]> layer = ask("HEAD", blob(images.layer()), Map.of());
        assertEquals(
                images.targetLayer.length,
                layer.headers().firstValueAsLong("Content-Length").orElseThrow());
        assertEquals(0, layer.body().length);
    }

    @Test
    void hasNothingElse() throws Exception {
        patches.publish(images.delta());
        assertEquals(404, get(manifest(images.base.digest())).statusCode());
        assertEquals(404, get(blob(Digest.of(images.baseLayer))).statusCode());
        assertEquals(404, get("/v2/shop/app/manifests/latest?ns=reg.example").statusCode());
        assertEquals(
                404, get("/v2/shop/app/manifests/" + images.target.digest()).statusCode());
        assertEquals(405, ask("PUT", manifest(images.target.digest()), Map.of()).statusCode());
        assertEquals(200, get("/v2/").statusCode());
    }

    @Test
    void asksNoRegistryAboutRepositoriesThatTheNodeHasNothingOf() throws Exception {
        patches.publish(images.delta());
        assertEquals(
                404,
                get("/v2/shop/other/manifests/" + images.target.digest() + "?ns=reg.example")
                        .statusCode());
        assertEquals(
                404,
                get("/v2/shop/app/manifests/" + images.target.digest() + "?ns=evil.example")
                        .statusCode());
        assertEquals(0, patches.looks.get());
    }

    @Test
    void usesNothingThatIsNotSigned() throws Exception {
        patches.publishWronglySigned(images.delta());
        assertEquals(404, get(manifest(images.target.digest())).statusCode());
        assertEquals(404, get(blob(images.layer())).statusCode());
        assertTrue(said.toString().contains("is not used"), said.toString());
    }

    @Test
    void leavesALayerThatItCannotRebuildToTheRegistryAndCountsIt() throws Exception {
        byte[] broken = Arrays.copyOf(images.delta(), images.delta().length - 1);
        patches.publish(broken);
        assertEquals(200, get(manifest(images.target.digest())).statusCode());
        assertEquals(404, get(blob(images.layer())).statusCode());
        assertTrue(
                metrics.render().contains("hotpatch_mirror_fallbacks_total{reason=\"mismatch\"} 1\n"),
                metrics.render());
    }

    @Test
    void aSecondPatchServesWhereTheFirstDoesNot() throws Exception {
        patches.publish(images.delta());
        patches.publish(Arrays.copyOf(images.delta(), images.delta().length - 1));
        assertArrayEquals(images.targetLayer, get(blob(images.layer())).body());
    }

    @Test
    void aLayerIsRebuiltFromUnpackedFilesWhereTheRuntimeHasDroppedTheBase() throws Exception {
        patches.publish(images.delta());
        images.discardBase(scratch.resolve("containerd"));
        node.folders.put(Digest.of(images.baseTar), images.unpackBase(scratch.resolve("containerd")));
        assertArrayEquals(images.targetLayer, get(blob(images.layer())).body());
    }

    @Test
    void aLayerWhoseUnpackedFilesWereChangedIsLeftToTheRegistry() throws Exception {
        patches.publish(images.delta());
        images.discardBase(scratch.resolve("containerd"));
        Path folder = images.unpackBase(scratch.resolve("containerd"));
        node.folders.put(Digest.of(images.baseTar), folder);
        Files.write(folder.resolve(SampleImages.FILE), "x".getBytes(StandardCharsets.UTF_8));
        assertEquals(404, get(blob(images.layer())).statusCode());
        assertTrue(metrics.render().contains("{reason=\"base-missing\"} 1\n"), metrics.render());
        assertTrue(said.toString().contains("is not the file of"), said.toString());
    }

    @Test
    void aLayerOfWhichOnlyTheTarComesBackIsLeftToTheRegistry() throws Exception {
        patches.publish(images.tarOnlyDelta(), LayerDecision.TAR_DELTA);
        assertEquals(404, get(blob(images.layer())).statusCode());
        assertTrue(metrics.render().contains("{reason=\"tar-only\"} 1\n"), metrics.render());
    }

    @Test
    void givesWhatItHasWhenTheRegistryIsGone() throws Exception {
        patches.publish(images.delta());
        assertEquals(200, get(manifest(images.target.digest())).statusCode());
        assertEquals(200, get(blob(images.layer())).statusCode());
        patches.store.gone = true;
        assertArrayEquals(
                images.target.bytes(), get(manifest(images.target.digest())).body());
        assertArrayEquals(
                images.targetConfig, get(blob(Digest.of(images.targetConfig))).body());
        assertArrayEquals(images.targetLayer, get(blob(images.layer())).body());
    }

    private void useOnceAndRestartWithoutRegistry(Patches believed) throws Exception {
        patches.publish(images.delta());
        assertEquals(200, get(manifest(images.target.digest())).statusCode());
        assertEquals(200, get(blob(images.layer())).statusCode());
        mirror.close();
        patches.store.gone = true;
        mirror = start(believed);
    }

    @Test
    void knowsAfterARestartWithoutTheRegistryWhatItKnewBefore() throws Exception {
        useOnceAndRestartWithoutRegistry(patches.patches());
        assertArrayEquals(
                images.target.bytes(), get(manifest(images.target.digest())).body());
        assertArrayEquals(
                images.targetConfig, get(blob(Digest.of(images.targetConfig))).body());
        assertArrayEquals(images.targetLayer, get(blob(images.layer())).body());
    }

    @Test
    void believesNothingThatIsKeptWithoutTheTrustedSignature() throws Exception {
        useOnceAndRestartWithoutRegistry(patches.distrusted());
        assertTrue(said.toString().contains("was kept and is not used"), said.toString());
        assertEquals(404, get(manifest(images.target.digest())).statusCode());
        assertEquals(404, get(blob(images.layer())).statusCode());
    }

    @Test
    void whatIsKeptAndDamagedIsForgotten() throws Exception {
        patches.publish(images.delta());
        assertEquals(200, get(manifest(images.target.digest())).statusCode());
        mirror.close();
        try (Stream<Path> kept = Files.walk(scratch.resolve("targets"))) {
            for (Path file : kept.filter(Files::isRegularFile).toList()) {
                Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20));
            }
        }
        mirror = start(patches.patches());
        assertTrue(said.toString().contains("is not used"), said.toString());
        assertArrayEquals(
                images.target.bytes(), get(manifest(images.target.digest())).body());
    }

    @Test
    void isNotThereOutsideOfLoopback() {
        assertTrue(mirror.address().startsWith("http://127.0.0.1:"), mirror.address());
    }
}
