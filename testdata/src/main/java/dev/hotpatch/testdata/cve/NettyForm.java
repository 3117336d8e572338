package dev.hotpatch.testdata.cve;

import java.io.IOException;

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
        return VictimProgram.ofNetty("FormMain", "netty-codec-http", "4.1.107.Final", "4.1.108.Final");
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
