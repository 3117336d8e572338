package dev.hotpatch.systemtests.restore;

import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.corpus.MavenArtifact;
import dev.hotpatch.testdata.corpus.MavenArtifacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Real releases in two layers: a library that stays, and those that change. */
record Releases(List<Map<String, Path>> before, List<Map<String, Path>> after) {
    static final CacheFolder CACHE = CacheFolder.fromEnvironment(System.getenv());

    private static final MavenArtifact STAYS = MavenArtifact.jar("org.apache.commons", "commons-lang3", "3.12.0");

    /** Two security releases whose classes all go live. */
    static Releases live() throws IOException, InterruptedException {
        return of(List.of(tomcat("9.0.62"), text("1.9")), List.of(tomcat("9.0.63"), text("1.10.0")));
    }

    /** One with a change that cannot go live. */
    static Releases blocked() throws IOException, InterruptedException {
        return of(List.of(guava("31.1-jre")), List.of(guava("32.0.0-jre")));
    }

    /** The small one of the live ones. */
    static Releases small() throws IOException, InterruptedException {
        return of(List.of(text("1.9")), List.of(text("1.10.0")));
    }

    /** The same with one more layer in the new release. */
    Releases with(Map<String, Path> layer) {
        return new Releases(before, List.of(after.get(0), after.get(1), layer));
    }

    private static Releases of(List<MavenArtifact> before, List<MavenArtifact> after)
            throws IOException, InterruptedException {
        Map<String, Path> stays = files(List.of(STAYS));
        return new Releases(List.of(stays, files(before)), List.of(stays, files(after)));
    }

    private static Map<String, Path> files(List<MavenArtifact> artifacts) throws IOException, InterruptedException {
        MavenArtifacts central = MavenArtifacts.fromEnvironment(System.getenv());
        Map<String, Path> files = new TreeMap<>();
        for (MavenArtifact artifact : artifacts) {
            Path file = central.fetch(artifact);
            files.put("/app/lib/" + file.getFileName(), file);
        }
        return files;
    }

    private static MavenArtifact tomcat(String version) {
        return MavenArtifact.jar("org.apache.tomcat.embed", "tomcat-embed-core", version);
    }

    private static MavenArtifact text(String version) {
        return MavenArtifact.jar("org.apache.commons", "commons-text", version);
    }

    private static MavenArtifact guava(String version) {
        return MavenArtifact.jar("com.google.guava", "guava", version);
    }
}
