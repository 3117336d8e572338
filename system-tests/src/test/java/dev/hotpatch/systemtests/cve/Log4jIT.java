package dev.hotpatch.systemtests.cve;

import dev.hotpatch.testdata.cve.Log4j;

/** CVE-2021-44228, which patches to log4j-core 2.17.1 in one step. */
final class Log4jIT extends LivePatchedVictim {
    Log4jIT() {
        super(new Log4j(), "LOGGED INFO no such user: lamp-N", "LOGGED INFO no such user: ${jndi:ldap:");
    }
}
