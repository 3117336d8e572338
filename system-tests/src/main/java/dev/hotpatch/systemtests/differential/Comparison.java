package dev.hotpatch.systemtests.differential;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two runs of the same tests, test by test.
 *
 * @param tests how many there are, on whichever side
 * @param passed how many pass on both sides
 * @param equal how many end in the same way
 * @param different those that do not, by id
 * @param flaky those that do not end in the same way in two runs of the real jar; not counted as different
 */
record Comparison(int tests, int passed, int equal, Map<String, Difference> different, List<String> flaky) {
    /** A test that ends in two ways. */
    record Difference(Outcome expected, Outcome found) {
        String describe() {
            return found.describe() + ", expected " + expected.describe();
        }
    }

    Comparison {
        different = Map.copyOf(different);
        flaky = List.copyOf(flaky);
    }

    static Comparison of(Map<String, Outcome> expected, Map<String, Outcome> found) {
        TreeSet<String> ids = new TreeSet<>(expected.keySet());
        ids.addAll(found.keySet());
        Map<String, Difference> different = new TreeMap<>();
        int passed = 0;
        for (String id : ids) {
            Outcome there = Objects.requireNonNull(expected.getOrDefault(id, Outcome.ABSENT));
            Outcome here = Objects.requireNonNull(found.getOrDefault(id, Outcome.ABSENT));
            if (!there.isSame(here)) {
                different.put(id, new Difference(there, here));
            } else if (there.status().equals("PASSED")) {
                passed++;
            }
        }
        return new Comparison(ids.size(), passed, ids.size() - different.size(), different, List.of());
    }

    /** The test classes with a difference. */
    Collection<String> classes() {
        TreeSet<String> classes = new TreeSet<>();
        for (Difference difference : different.values()) {
            classes.add(
                    difference.expected().testClass().isEmpty()
                            ? difference.found().testClass()
                            : difference.expected().testClass());
        }
        return classes;
    }

    /**
     * The same without what is flaky.
     *
     * @param again a second run of the real jar, of the {@link #classes} that differ
     */
    Comparison without(Map<String, Outcome> again) {
        Map<String, Difference> left = new TreeMap<>();
        TreeSet<String> unstable = new TreeSet<>();
        different.forEach((id, difference) -> {
            boolean stable =
                    difference.expected().isSame(Objects.requireNonNull(again.getOrDefault(id, Outcome.ABSENT)));
            if (stable) {
                left.put(id, difference);
            } else {
                unstable.add(id);
            }
        });
        return new Comparison(tests, passed, equal, left, List.copyOf(unstable));
    }
}
