package dev.hotpatch.systemtests.cve;

import dev.hotpatch.testdata.cve.NettyRapidReset;

/** CVE-2023-44487 in Netty: connections made after the patch are limited. */
final class NettyRapidResetIT extends LivePatchedVictim {
    NettyRapidResetIT() {
        super(new NettyRapidReset(), "hello", "GOAWAY, error 11");
    }
}
