package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.align.Alignment;
import dev.hotpatch.differ.classes.ClassComparison;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.patchformat.plan.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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

    private final SortedMap<String, Changed> changed = new TreeMap<>();
    private final SortedMap<String, Added> added = new TreeMap<>();
    private final SortedMap<String, List<Reason>> unreadable = new TreeMap<>();
    private final SortedSet<String> noise = new TreeSet<>();
    private final SortedSet<String> removed = new TreeSet<>();

    private Comparison() {}

    /** @param parallel compares classes */
    static Comparison of(Side base, Side target, Alignment alignment, Parallel parallel) {
        Comparison comparison = new Comparison();
        SortedMap<String, String> targetNames = new TreeMap<>();
        for (String name : target.names()) {
            targetNames.put(alignment.className(name), name);
        }
        parallel.map(List.copyOf(targetNames.entrySet()), entry -> comparison.compare(base, entry, target, alignment))
                .forEach(Runnable::run);
        for (String name : base.names()) {
            if (!targetNames.containsKey(name)) {
                comparison.removed.add(name);
            }
        }
        return comparison;
    }

    /** Compares, on any thread; what is given back enters the outcome. */
    private Runnable compare(Side base, Map.Entry<String, String> names, Side target, Alignment alignment) {
        String name = names.getKey();
        String targetName = names.getValue();
        boolean same = String.valueOf(base.digest(name)).equals(target.digest(targetName));
        if (same && alignment.isEmpty()) {
            return Comparison::nothing;
        }
        byte[] original = bytes(target, targetName);
        try {
            byte[] now = alignment.apply(original);
            if (same && now == original) {
                return Comparison::nothing;
            }
            byte[] before = base.find(name);
            if (before == null) {
                Trees.read(now);
                Added one = new Added(ClassShape.of(now), now, targetName);
                return () -> added.put(name, one);
            }
            return decide(name, before, now);
        } catch (RuntimeException e) {
            // The library declares no exception for class files that are broken or newer than it knows.
            return () -> unreadable.put(name, List.of(LiftReasons.unreadable(String.valueOf(e.getMessage()))));
        }
    }

    private static void nothing() {}

    private Runnable decide(String name, byte[] before, byte[] now) {
        Optional<List<Reason>> effects = ClassComparison.difference(before, now);
        if (effects.isEmpty()) {
            return () -> noise.add(name);
        }
        // Code that cannot be read is found here, and not by each lift that looks into it.
        Trees.read(now);
        Changed one = new Changed(ClassShape.of(before), ClassShape.of(now), before, now, effects.get());
        return () -> changed.put(name, one);
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
        if (one != null) {
            added.put(name, new Added(ClassShape.of(now), now, one.targetName()));
        } else if (change != null) {
            decide(name, change.baseBytes(), now).run();
        }
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
