package dev.hotpatch.systemtests.programs;

import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.systemtests.programs.pair.ProgramPair;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A pair that is compiled, planned and, where nothing is blocked, made into a patch.
 *
 * @param pair what it is made of
 * @param folder where all of it is, to be deleted by whoever has asked for it
 * @param liveUnit the patch; absent if it is blocked or there is nothing to do
 * @param sha256 of the patch, in hexadecimal; empty if there is none
 * @param blocked what cannot go live
 * @param warnings what may be without effect
 */
record PreparedPair(
        ProgramPair pair,
        Path folder,
        Optional<Path> liveUnit,
        String sha256,
        List<PatchPlan.Blocked> blocked,
        List<String> warnings) {
    PreparedPair {
        blocked = List.copyOf(blocked);
        warnings = List.copyOf(warnings);
    }

    Path before() {
        return folder.resolve("old");
    }

    Path after() {
        return folder.resolve("new");
    }
}
