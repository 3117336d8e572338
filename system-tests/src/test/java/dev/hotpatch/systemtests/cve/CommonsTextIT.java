package dev.hotpatch.systemtests.cve;

import dev.hotpatch.systemtests.jvm.LibraryPatch;
import dev.hotpatch.testdata.cve.CommonsText;
import dev.hotpatch.testdata.cve.VictimJars;
import dev.hotpatch.testdata.cve.effects.CommonsTextEffects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * CVE-2022-42889 in commons-text, the whole release. The interpolator that all share keeps what the old release gave it, so the patch
 * carries effects.
 */
final class CommonsTextIT extends LivePatchedVictim {
    CommonsTextIT() {
        super(new CommonsText(), "SGVsbG8= 2147483647", "stolen: ${url:UTF-8:http:");
    }

    @Override
    LibraryPatch patch(VictimJars jars, Path folder) throws IOException {
        return LibraryPatch.build(
                jars.vulnerable(), jars.fixed(), folder, List.of(), List.of(effects(CommonsTextEffects.class, folder)));
    }
}
