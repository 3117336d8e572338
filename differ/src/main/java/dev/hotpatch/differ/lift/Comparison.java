package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.align.Alignment;
import dev.hotpatch.differ.classes.ClassComparison;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.patchformat.plan.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which classes of two sides differ, under the names of the patched JVM; filled by one thread. */
final class Comparison {
    /**
     * A class that both sides have, differently.
     *
     * @param effects what of it goes live without the effect that a restart has
     */
    record Changed(ClassShape base, ClassShape target, byte[] baseBytes, byte[] targetBytes, List<Reason> effects) {}

    /** A class that only the target has. */
    record Added(ClassShape shape, byte[] bytes, String targetName) {}

    /** What a comparison of two classes adds to the whole; the same for every whole. */
    @FunctionalInterface
    interface Outcome {
        void enter(Comparison comparison);
    }

    private final SortedMap<String, Changed> changed = new TreeMap<>();
    private final SortedMap<String, Added> added = new TreeMap<>();

    /** The same, found faster: every call in every method asks. */
    private final Map<String, Changed> changedByName = new HashMap<>();

    private final Map<String, Added> addedByName = new HashMap<>();
    private final SortedMap<String, List<Reason>> unreadable = new TreeMap<>();
    private final SortedSet<String> noise = new TreeSet<>();
    private final SortedSet<String> removed = new TreeSet<>();

    private Comparison() {}

    /** @param parallel compares classes */
    static Comparison of(Side base, Side target, Alignment alignment, Parallel parallel, Known known) {
        Comparison comparison = new Comparison();
        SortedMap<String, String> targetNames = new TreeMap<>();
        for (String name : target.names()) {
            targetNames.put(alignment.className(name), name);
        }
        parallel.map(List.copyOf(targetNames.entrySet()), entry -> compare(base, entry, target, alignment, known))
                .forEach(outcome -> outcome.enter(comparison));
        for (String name : base.names()) {
            if (!targetNames.containsKey(name)) {
                comparison.removed.add(name);
            }
        }
        return comparison;
    }

    /** Compares, on any thread. */
    private static Outcome compare(
            Side base, Map.Entry<String, String> names, Side target, Alignment alignment, Known known) {
        String name = names.getKey();
        String targetName = names.getValue();
        String baseDigest = base.digest(name);
        String targetDigest = String.valueOf(target.digest(targetName));
        boolean same = targetDigest.equals(baseDigest);
        if (same && alignment.isEmpty()) {
            return Comparison::nothing;
        }
        byte[] original = bytes(target, targetName);
        try {
            byte[] now = alignment.apply(original);
            if (same && now == original) {
                return Comparison::nothing;
            }
            Known.Pair pair = new Known.Pair(name, baseDigest == null ? "" : baseDigest, targetName, targetDigest);
            return known.compared(pair, now == original ? null : now, () -> {
                byte[] before = base.find(name);
                return before == null ? added(name, now, targetName) : decide(name, before, now);
            });
        } catch (RuntimeException e) {
            // The library declares no exception for class files that are broken or newer than it knows.
            List<Reason> reasons = List.of(LiftReasons.unreadable(String.valueOf(e.getMessage())));
            return comparison -> comparison.unreadable.put(name, reasons);
        }
    }

    private static void nothing(Comparison comparison) {}

    private static Outcome added(String name, byte[] now, String targetName) {
        Trees.read(now);
        Added one = new Added(ClassShape.of(now), now, targetName);
        return comparison -> comparison.put(name, one);
    }

    private static Outcome decide(String name, byte[] before, byte[] now) {
        Optional<List<Reason>> effects = ClassComparison.difference(before, now);
        if (effects.isEmpty()) {
            return comparison -> comparison.noise.add(name);
        }
        // Code that cannot be read is found here, and not by each lift that looks into it.
        Trees.read(now);
        Changed one = new Changed(ClassShape.of(before), ClassShape.of(now), before, now, effects.get());
        return comparison -> comparison.put(name, one);
    }

    private static byte[] bytes(Side side, String name) {
        byte[] bytes = side.find(name);
        if (bytes == null) {
            throw new IllegalStateException("no class " + name);
        }
        return bytes;
    }

    /** Takes other code of the target, which means the same, for a class that differs or is new. */
    void rewrite(String name, byte[] now) {
        Added one = added.get(name);
        Changed change = changed.remove(name);
        changedByName.remove(name);
        if (one != null) {
            put(name, new Added(ClassShape.of(now), now, one.targetName()));
        } else if (change != null) {
            decide(name, change.baseBytes(), now).enter(this);
        }
    }

    private void put(String name, Changed one) {
        changed.put(name, one);
        changedByName.put(name, one);
    }

    private void put(String name, Added one) {
        added.put(name, one);
        addedByName.put(name, one);
    }

    @Nullable
    Changed changed(String name) {
        return changedByName.get(name);
    }

    @Nullable
    Added added(String name) {
        return addedByName.get(name);
    }

    SortedMap<String, Changed> changed() {
        return changed;
    }

    SortedMap<String, Added> added() {
        return added;
    }

    /** Class files that are different bytes and the same class. */
    SortedSet<String> noise() {
        return noise;
    }

    /** Classes that only the base has. */
    SortedSet<String> removed() {
        return removed;
    }

    SortedMap<String, List<Reason>> unreadable() {
        return unreadable;
    }
}
