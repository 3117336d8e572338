package dev.hotpatch.benchmarks;

import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.Distribution;
import dev.hotpatch.testdata.corpus.MavenArtifact;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import java.io.IOException;
import java.nio.file.Path;

/** The releases that are measured on, from Maven Central. */
record Releases(MavenArtifacts artifacts, CacheFolder cache) {
    static Releases fromEnvironment() throws IOException {
        return new Releases(
                MavenArtifacts.fromEnvironment(System.getenv()), CacheFolder.fromEnvironment(System.getenv()));
    }

    /** The folder of a distribution, unpacked anew: in the cache of all, other files of the same distributions are chosen. */
    Path unpacked(MavenArtifact artifact, Path folder) throws IOException, InterruptedException {
        return Distribution.unpack(artifacts.fetch(artifact), CacheFolder.at(folder), path -> true)
                .root();
    }

    Path guava(String version) throws IOException, InterruptedException {
        return artifacts.fetch(MavenArtifact.jar("com.google.guava", "guava", version));
    }

    Path activeMqClient(String version) throws IOException, InterruptedException {
        return artifacts.fetch(MavenArtifact.jar("org.apache.activemq", "activemq-client", version));
    }

    Path bouncyCastle(String version) throws IOException, InterruptedException {
        return artifacts.fetch(MavenArtifact.jar("org.bouncycastle", "bcprov-jdk18on", version));
    }

    Path zipkin(String version) throws IOException, InterruptedException {
        return artifacts.fetch(MavenArtifact.zipkinServer(version));
    }
}
