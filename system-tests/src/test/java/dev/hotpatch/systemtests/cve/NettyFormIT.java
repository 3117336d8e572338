package dev.hotpatch.systemtests.cve;

import dev.hotpatch.testdata.cve.NettyForm;

/** CVE-2024-29025 in Netty, which needs added fields and constructors. */
final class NettyFormIT extends LivePatchedVictim {
    NettyFormIT() {
        super(new NettyForm(), "fields=2", "HttpPostRequestDecoder$TooManyFormFieldsException");
    }
}
