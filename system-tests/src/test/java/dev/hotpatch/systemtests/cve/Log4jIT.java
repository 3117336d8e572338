package dev.hotpatch.systemtests.cve;

import dev.hotpatch.systemtests.jvm.LibraryPatch;
import dev.hotpatch.testdata.cve.Log4j;
import dev.hotpatch.testdata.cve.VictimJars;
import dev.hotpatch.testdata.cve.effects.Log4jEffects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * CVE-2021-44228, from log4j-core 2.14.1 to 2.17.1 in one step. Seven classes that write log lines cannot go live, so this is a part: what
 * looks things up and what reaches directories. A configuration keeps its lookups, so the patch carries effects.
 */
final class Log4jIT extends LivePatchedVictim {
    private static final String CORE = "org.apache.logging.log4j.core.";
    private static final List<String> FIX =
            List.of(CORE + "lookup.*", CORE + "net.JndiManager*", CORE + "appender.db.jdbc.DataSourceConnectionSource");

    Log4jIT() {
        super(new Log4j(), "LOGGED INFO no such user: lamp-N", "LOGGED INFO no such user: ${jndi:ldap:");
    }

    @Override
    LibraryPatch patch(VictimJars jars, Path folder) throws IOException {
        return LibraryPatch.build(
                jars.vulnerable(), jars.fixed(), folder, FIX, List.of(effects(Log4jEffects.class, folder)));
    }
}
