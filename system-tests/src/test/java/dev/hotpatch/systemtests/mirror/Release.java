package dev.hotpatch.systemtests.mirror;

import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A broker's image, that of its next release and the patch between them, in a registry behind a proxy that counts. Whoever pushed it closes it.
 *
 * @param patch manifest of the patch
 */
record Release(
        HotpatchCommand hotpatch,
        DockerRegistryFixture registry,
        CountingProxy origin,
        BuiltImage from,
        BuiltImage to,
        Manifest patch)
        implements AutoCloseable {
    private static final Path COMMAND =
            Path.of("../cli/target/hotpatch").toAbsolutePath().normalize();
    private static final CacheFolder CACHE = CacheFolder.fromEnvironment(System.getenv());

    /** Builds and pushes all of it. */
    static Release push(Path scratch) throws Exception {
        HotpatchCommand hotpatch = new HotpatchCommand(COMMAND, scratch, Map.of());
        DockerRegistryFixture registry = DockerRegistryFixture.start();
        CountingProxy origin = CountingProxy.start(
                Integer.parseInt(registry.host().substring(registry.host().lastIndexOf(':') + 1)));
        String repository = origin.host() + "/shop/broker";
        BuiltImage from = push("5.16.6", repository, scratch);
        BuiltImage to = push("5.16.7", repository, scratch);
        hotpatch.run(0, "key", "generate", "--output", "ci");
        String patch = hotpatch.run(
                        0, "build", from.byDigest(), to.byDigest(), "--key", "ci.key", "--push", repository, "--json")
                .json()
                .string("patch", 128);
        Manifest manifest = Manifest.parse(Files.readAllBytes(file(registry, Digest.parse(patch))));
        return new Release(hotpatch, registry, origin, from, to, manifest);
    }

    private static BuiltImage push(String version, String repository, Path scratch)
            throws IOException, InterruptedException {
        ActiveMq broker = ActiveMq.fetch(version, MavenArtifacts.fromEnvironment(System.getenv()), CACHE, scratch);
        return JibImage.ofActiveMq(broker, BaseImage.prepare(CACHE), CACHE).push(repository + ":" + version);
    }

    private static Path file(DockerRegistryFixture registry, Digest content) {
        return registry.storage()
                .resolve("docker/registry/v2/blobs/sha256")
                .resolve(content.hex().substring(0, 2))
                .resolve(content.hex())
                .resolve("data");
    }

    /** Where the registry keeps a blob or manifest. */
    Path file(Digest content) {
        return file(registry, content);
    }

    private List<Descriptor> content(String mediaType) {
        return patch.layers().stream()
                .filter(layer -> layer.mediaType().equals(mediaType))
                .toList();
    }

    List<Descriptor> deltas() {
        return content(MediaTypes.LAYER_DELTA);
    }

    List<Descriptor> skeletons() {
        return content(MediaTypes.TAR_SKELETON);
    }

    /** The layers that an image has. */
    List<Descriptor> layers(BuiltImage image) throws IOException {
        return Manifest.parse(Files.readAllBytes(file(Digest.parse(image.manifestDigest()))))
                .layers();
    }

    /** The layers of the target that the base has not. */
    List<Descriptor> changedLayers() throws IOException {
        return without(layers(to), layers(from));
    }

    /** The layers of the base that the target has not. */
    List<Descriptor> droppedLayers() throws IOException {
        return without(layers(from), layers(to));
    }

    private static List<Descriptor> without(List<Descriptor> layers, List<Descriptor> others) {
        return layers.stream().filter(layer -> !others.contains(layer)).toList();
    }

    /** What the mirror calls the target's manifest. */
    String manifestPath() {
        return "/v2/shop/broker/manifests/" + to.manifestDigest() + "?ns=" + origin.host();
    }

    /** A node that has the base image. */
    ContainerdFixture nodeWithBase() throws Exception {
        return withBase(ContainerdFixture.start());
    }

    /** Has a node pull the base image. */
    ContainerdFixture withBase(ContainerdFixture containerd) throws IOException {
        containerd.allowPlainHttp(origin.host());
        containerd.pull(from.byDigest());
        origin.received();
        return containerd;
    }

    RunningMirror mirror(ContainerdFixture containerd, String state) throws Exception {
        return RunningMirror.start(hotpatch, containerd, state, "mirror", "--port", "0");
    }

    /** As the operator does it. */
    void enter(ContainerdFixture containerd, String mirror) throws Exception {
        Path certs = containerd.certificates();
        String registry = origin.host();
        // What is there was written by hand.
        hotpatch.run(1, "node", "hosts-toml", registry, "--mirror", mirror, "--certs", certs.toString());
        Files.delete(certs.resolve(registry).resolve("hosts.toml"));
        hotpatch.run(
                0, "node", "hosts-toml", registry, "--mirror", mirror, "--certs", certs.toString(), "--plain-http");
    }

    void expectWhole(ContainerdFixture containerd, String image) throws Exception {
        String line = containerd.ctr("--namespace", "k8s.io", "images", "check", "name==" + image);
        assertTrue(line.contains("complete"), line);
        assertFalse(line.contains("incomplete"), line);
        System.out.println("SHOWN " + line.lines().reduce((a, b) -> b).orElse(""));
    }

    void expectFixedBroker(ContainerdFixture containerd, String image) throws Exception {
        var pod = containerd.run(PodRequest.of("target", image));
        pod.awaitLog("READY", Duration.ofSeconds(60));
    }

    @Override
    public void close() throws IOException {
        origin.close();
        registry.close();
    }
}
