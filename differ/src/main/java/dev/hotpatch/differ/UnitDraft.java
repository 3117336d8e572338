package dev.hotpatch.differ;

import dev.hotpatch.differ.archive.ClassKey;
import dev.hotpatch.differ.pairing.UnitPair;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Reason;
import dev.hotpatch.patchformat.plan.UnitPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A unit while decisions about its classes are still made. For one thread. */
final class UnitDraft {
    private final UnitPair pair;
    private final SortedMap<ClassKey, ClassChange> changes = new TreeMap<>();

    UnitDraft(UnitPair pair) {
        this.pair = pair;
    }

    UnitPair pair() {
        return pair;
    }

    SortedMap<ClassKey, ClassChange> changes() {
        return changes;
    }

    void put(ClassChange change) {
        changes.put(new ClassKey(change.name(), change.releases().from()), change);
    }

    /** Takes a change in; if the same goes for the releases just before, as one. */
    void putOrExtend(ClassChange change) {
        SortedMap<ClassKey, ClassChange> earlier = changes.subMap(
                new ClassKey(change.name(), 0),
                new ClassKey(change.name(), change.releases().from()));
        ClassChange last = earlier.isEmpty() ? change : earlier.getOrDefault(earlier.lastKey(), change);
        boolean goesOn = last.releases().until() == change.releases().from() && last.equals(change.on(last.releases()));
        put(goesOn ? last.on(last.releases().with(change.releases())) : change);
    }

    boolean redefines() {
        return changes.values().stream().anyMatch(change -> isRewritten(change.decision()));
    }

    /** Whether the class of the base gets another class file. */
    static boolean isRewritten(Decision decision) {
        return decision == Decision.REDEFINE || decision == Decision.LIFT;
    }

    /** Takes the class out of what goes live. */
    void block(ClassChange change, Reason reason) {
        put(new ClassChange(
                change.name(),
                change.releases(),
                Decision.BLOCKED,
                change.oldDigest(),
                change.newDigest(),
                List.of(),
                List.of(reason)));
    }

    /** Adds a reason; gives the change with it. */
    ClassChange warn(ClassChange change, Reason reason) {
        List<Reason> reasons = new ArrayList<>(change.reasons());
        reasons.add(reason);
        ClassChange warned = with(change, change.units(), reasons);
        put(warned);
        return warned;
    }

    void define(ClassChange change, List<Integer> units) {
        put(with(change, units, change.reasons()));
    }

    private static ClassChange with(ClassChange change, List<Integer> units, List<Reason> reasons) {
        return new ClassChange(
                change.name(),
                change.releases(),
                change.decision(),
                change.oldDigest(),
                change.newDigest(),
                units,
                reasons);
    }

    UnitPlan plan(int id) {
        return new UnitPlan(id, pair.basePath(), pair.targetPath(), new ArrayList<>(changes.values()));
    }
}
