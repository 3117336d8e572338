package dev.hotpatch.differ.lift;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which classes of some have a class among their super types, also by way of others. */
final class Subtypes {
    private final Set<String> names;
    private final Map<String, List<String>> direct = new HashMap<>();

    private Subtypes(Set<String> names) {
        this.names = names;
    }

    static Subtypes of(Set<String> names, Function<String, @Nullable ClassShape> shapes) {
        Subtypes subtypes = new Subtypes(names);
        Set<String> seen = new HashSet<>(names);
        Deque<String> open = new ArrayDeque<>(names);
        while (!open.isEmpty()) {
            String name = open.poll();
            ClassShape shape = shapes.apply(name);
            for (String above : shape == null ? List.<String>of() : shape.above()) {
                subtypes.direct.computeIfAbsent(above, any -> new ArrayList<>()).add(name);
                if (seen.add(above)) {
                    open.add(above);
                }
            }
        }
        return subtypes;
    }

    /** Sorted. */
    List<String> of(String name) {
        SortedSet<String> below = new TreeSet<>();
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            for (String each : direct.getOrDefault(open.pop(), List.of())) {
                if (seen.add(each)) {
                    open.push(each);
                    if (names.contains(each)) {
                        below.add(each);
                    }
                }
            }
        }
        return List.copyOf(below);
    }
}
