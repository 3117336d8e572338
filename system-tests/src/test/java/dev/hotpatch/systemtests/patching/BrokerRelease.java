package dev.hotpatch.systemtests.patching;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
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
import java.nio.file.Path;

/**
 * The vulnerable broker and the fixed one as images in one repository, and the key {@code ci}: what a team's CI has.
 *
 * @param tools the vulnerable version's own files, to attack and to use brokers
 */
record BrokerRelease(HotpatchCommand hotpatch, String repository, ActiveMq tools, BuiltImage from, BuiltImage to) {
    private static final CacheFolder CACHE = CacheFolder.fromEnvironment(System.getenv());

    /** Pushes both images and makes the key in {@code scratch}, where the command runs. */
    static BrokerRelease push(DockerRegistryFixture registry, HotpatchCommand hotpatch, Path scratch)
            throws IOException, InterruptedException {
        String repository = registry.host() + "/shop/broker";
        ActiveMq old = fetch("5.16.6", scratch);
        hotpatch.run(0, "key", "generate", "--output", "ci");
        return new BrokerRelease(
                hotpatch, repository, old, push(old, repository), push(fetch("5.16.7", scratch), repository));
    }

    private static BuiltImage push(ActiveMq version, String repository) throws IOException, InterruptedException {
        return JibImage.ofActiveMq(version, BaseImage.prepare(CACHE), CACHE).push(repository + ":" + version.version());
    }

    private static ActiveMq fetch(String version, Path scratch) throws IOException, InterruptedException {
        return ActiveMq.fetch(version, MavenArtifacts.fromEnvironment(System.getenv()), CACHE, scratch);
    }

    /** Runs the vulnerable broker in a pod; its image must have been pulled. */
    BrokerPod run(ContainerdFixture containerd, String name) throws IOException, InterruptedException {
        return BrokerPod.awaitReady(containerd.run(PodRequest.of(name, from.byDigest())), tools);
    }

    /** Builds the patch, signs it, pushes it, and gives its digest. */
    String buildPatch() throws IOException, InterruptedException, JsonException {
        JsonObject built = hotpatch.run(
                        0, "build", from.byDigest(), to.byDigest(), "--key", "ci.key", "--push", repository, "--json")
                .json();
        return built.string("patch", 128);
    }
}
