package dev.hotpatch.systemtests.cve;

import dev.hotpatch.systemtests.jvm.LibraryPatch;
import dev.hotpatch.testdata.cve.Log4j;
import dev.hotpatch.testdata.cve.VictimJars;
import dev.hotpatch.testdata.cve.effects.Log4jEffects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * CVE-2021-44228, from log4j-core 2.14.1 to 2.17.1 in one step: what looks things up and what reaches directories. Other classes of the
 * release cannot go live. A configuration keeps its lookups, so the patch carries effects.
 */
final class Log4jIT extends LivePatchedVictim {
    private static final Pattern FIX =
            Pattern.compile("org/apache/logging/log4j/core/(lookup/|net/JndiManager|appender/db/jdbc/DataSource).*");

    Log4jIT() {
        super(new Log4j(), "LOGGED INFO no such user: lamp-N", "LOGGED INFO no such user: ${jndi:ldap:");
    }

    @Override
    LibraryPatch patch(VictimJars jars, Path folder) throws IOException {
        return partly(jars, folder, FIX, List.of(Log4jEffects.class));
    }
}
