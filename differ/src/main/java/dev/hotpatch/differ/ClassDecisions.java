package dev.hotpatch.differ;

import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.pairing.UnitPair;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What becomes of each class.
 *
 * @param drafts the units in which classes differ, sorted by path
 * @param sideTables new classes that hold values of objects
 */
record ClassDecisions(List<UnitDraft> drafts, Set<String> sideTables) {
    static ClassDecisions of(
            List<UnitPair> pairs, Spool spool, Parallel parallel, Progress progress, Libraries libraries)
            throws IOException {
        List<UnitDraft> drafts = pairs.stream().map(UnitDraft::new).toList();
        Set<String> sideTables = new TreeSet<>();
        for (ClassWorld world : ClassWorld.of(drafts, spool)) {
            progress.at("compiling live patches", 0, 1);
            world.decide(libraries, parallel);
            sideTables.addAll(world.sideTables());
        }
        List<UnitDraft> changed = drafts.stream()
                .filter(draft -> !draft.changes().isEmpty())
                .sorted(Comparator.comparing((UnitDraft draft) -> draft.pair().basePath())
                        .thenComparing(draft -> draft.pair().targetPath()))
                .toList();
        return new ClassDecisions(changed, sideTables);
    }
}
