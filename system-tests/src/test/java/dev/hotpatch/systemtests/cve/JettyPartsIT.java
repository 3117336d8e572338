package dev.hotpatch.systemtests.cve;

import dev.hotpatch.systemtests.jvm.LibraryPatch;
import dev.hotpatch.testdata.cve.JettyParts;
import dev.hotpatch.testdata.cve.VictimJars;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * CVE-2023-26048 in Jetty, which needs an added field and an added constructor. Of the release only what reads uploads: a constant
 * that it adds to an enum cannot go live.
 */
final class JettyPartsIT extends LivePatchedVictim {
    private static final Pattern FIX = Pattern.compile("org/eclipse/jetty/http/MultiPartFormInputStream.*");

    JettyPartsIT() {
        super(new JettyParts(), "parts=3", "Form with too many parts [1001 > 1000]");
    }

    @Override
    LibraryPatch patch(VictimJars jars, Path folder) throws IOException {
        return partly(jars, folder, FIX, List.of());
    }
}
