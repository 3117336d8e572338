package dev.hotpatch.systemtests.cve;

import dev.hotpatch.testdata.cve.CommonsText;

/** CVE-2022-42889 in commons-text. */
final class CommonsTextIT extends LivePatchedVictim {
    CommonsTextIT() {
        super(new CommonsText(), "SGVsbG8= 2147483647", "stolen: ${url:UTF-8:http:");
    }
}
