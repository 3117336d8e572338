package dev.hotpatch.testdata.cve;

import dev.hotpatch.testdata.corpus.MavenArtifact;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program of ours with the library that makes it a victim.
 *
 * @param main its class, in the package of the programs
 * @param vulnerable the release that is open to the attack
 * @param fixed the release that is not
 * @param others what both need beside them
 * @param options for its JVM
 */
public record VictimProgram(
        String main, MavenArtifact vulnerable, MavenArtifact fixed, List<MavenArtifact> others, List<String> options) {
    private static final String NETTY = "io.netty";
    private static final List<String> NETTY_BASICS = List.of(
            "netty-common",
            "netty-buffer",
            "netty-transport",
            "netty-resolver",
            "netty-codec",
            "netty-handler",
            "netty-transport-native-unix-common");

    /**
     * A server with one of Netty's jars; the others stay as the vulnerable release has them.
     *
     * @param more jars beside those that every server needs
     */
    static VictimProgram ofNetty(String main, String jar, String vulnerable, String fixed, String... more) {
        return new VictimProgram(
                main,
                MavenArtifact.jar(NETTY, jar, vulnerable),
                MavenArtifact.jar(NETTY, jar, fixed),
                Stream.concat(NETTY_BASICS.stream(), Stream.of(more))
                        .map(name -> MavenArtifact.jar(NETTY, name, vulnerable))
                        .toList(),
                List.of());
    }
}
