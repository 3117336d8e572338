package dev.hotpatch.systemtests.cve;

import dev.hotpatch.testdata.cve.JettyParts;

/** CVE-2023-26048 in Jetty, which needs added fields and an added constructor; the release adds a constant to an enum, too. */
final class JettyPartsIT extends LivePatchedVictim {
    JettyPartsIT() {
        super(new JettyParts(), "parts=3", "Form with too many parts [1001 > 1000]");
    }
}
