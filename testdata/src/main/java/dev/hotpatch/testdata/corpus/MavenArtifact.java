package dev.hotpatch.testdata.corpus;

import org.jspecify.annotations.Nullable;

/**
 * The coordinates of one file in a Maven repository.
 *
 * @param classifier empty for the main artifact
 * @param sha256 what the file must hash to, 64 lower-case hex digits; null: the checksum published beside the file decides
 */
public record MavenArtifact(
        String group,
        String name,
        String version,
        String classifier,
        String extension,
        @Nullable String sha256) {

    /** The binary distribution of the ActiveMQ broker. Not every version has a checksum beside it, so known ones are pinned here. */
    public static MavenArtifact activeMq(String version) {
        String sha256 = switch (version) {
            case "5.16.6" -> "4e46424d61704c3693715897670b18ac44b568693929d5e2c941d386196ff3a2";
            case "5.16.7" -> "65b3b87df9d0e2a6057e7c035a354673ba4814bd9c9c01f77e9849f02f6c5a1d";
            default -> null;
        };
        return new MavenArtifact("org.apache.activemq", "apache-activemq", version, "bin", "tar.gz", sha256);
    }

    /** The runnable jar of the Zipkin server: Spring Boot, nested jars, a shell script before the zip. */
    public static MavenArtifact zipkinServer(String version) {
        String sha256 = switch (version) {
            case "2.23.16" -> "83cd660944fe173afac67ab3de68e102290c9c512af18ec2a124fb30c3db804e";
            case "2.23.18" -> "3e5abd4e9ded94c524ee3e617823cc2ac1237bfddc34840e4f9fab3c1ffe5b88";
            default -> null;
        };
        return new MavenArtifact("io.zipkin", "zipkin-server", version, "exec", "jar", sha256);
    }

    /** The binary distribution of the Tomcat server. */
    public static MavenArtifact tomcat(String version) {
        return new MavenArtifact("org.apache.tomcat", "tomcat", version, "", "tar.gz", null);
    }

    /** A plain library jar. */
    public static MavenArtifact jar(String group, String name, String version) {
        return new MavenArtifact(group, name, version, "", "jar", null);
    }

    String fileName() {
        return name + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + "." + extension;
    }

    /** The path below the root of a repository, without a leading slash. */
    public String path() {
        return group.replace('.', '/') + "/" + name + "/" + version + "/" + fileName();
    }
}
