package dev.hotpatch.benchmarks;

import dev.hotpatch.testdata.activemq.ActiveMq;
import dev.hotpatch.testdata.corpus.MavenArtifact;
import dev.hotpatch.testdata.image.BaseImage;
import dev.hotpatch.testdata.image.JibImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The pairs of releases that layer deltas are measured on, packed into images by Jib. */
final class DeltaPairs {
    /** What can be asked for. */
    static final List<String> NAMES = List.of(
            "tomcat-9.0.62-9.0.63",
            "activemq-5.16.6-5.16.7",
            "zipkin-2.23.16-2.23.18",
            "zipkin-3.4.1-3.4.2",
            "jib-activemq-5.16.6-5.16.7");

    private final Releases releases;
    private final Path folder;

    /**
     * @param folder where the images go
     */
    DeltaPairs(Releases releases, Path folder) {
        this.releases = releases;
        this.folder = folder;
    }

    DeltaPair pair(String name) throws IOException, InterruptedException {
        String[] words = name.split("-", -1);
        String before = words[words.length - 2];
        String after = words[words.length - 1];
        return switch (name.substring(0, name.length() - before.length() - after.length() - 2)) {
            case "tomcat" ->
                new DeltaPair(name, unpacked(MavenArtifact.tomcat(before)), unpacked(MavenArtifact.tomcat(after)));
            case "activemq" ->
                new DeltaPair(name, unpacked(MavenArtifact.activeMq(before)), unpacked(MavenArtifact.activeMq(after)));
            case "zipkin" -> new DeltaPair(name, zipkin(before), zipkin(after));
            default -> new DeltaPair(name, broker(before), broker(after));
        };
    }

    /** A distribution as one layer. */
    private Path unpacked(MavenArtifact artifact) throws IOException, InterruptedException {
        Path root = releases.unpacked(artifact, folder);
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            walk.filter(Files::isRegularFile).forEach(file -> files.put("/app/" + root.relativize(file), file));
        }
        return oneLayer(artifact.name() + "-" + artifact.version(), files);
    }

    private Path zipkin(String version) throws IOException, InterruptedException {
        return oneLayer("zipkin-" + version, Map.of("/app/application.jar", releases.zipkin(version)));
    }

    private Path oneLayer(String name, Map<String, Path> files) throws IOException, InterruptedException {
        Path archive = folder.resolve(name + ".tar");
        if (!Files.exists(archive)) {
            JibImage.ofFiles(List.of(files), releases.cache()).writeOciArchive(archive, "example.org/" + name);
        }
        return archive;
    }

    /** An image of several layers, as Jib makes it of a program. */
    private Path broker(String version) throws IOException, InterruptedException {
        Path archive = folder.resolve("broker-" + version + ".tar");
        ActiveMq release = ActiveMq.fetch(version, releases.artifacts(), releases.cache(), folder);
        JibImage.ofActiveMq(release, BaseImage.prepare(releases.cache()), releases.cache())
                .writeOciArchive(archive, "example.org/broker:" + version);
        return archive;
    }
}
