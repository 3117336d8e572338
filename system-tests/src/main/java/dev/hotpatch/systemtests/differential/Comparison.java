package dev.hotpatch.systemtests.differential;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two runs of the same tests, test by test.
 *
 * @param tests how many there are, on whichever side
 * @param passed how many pass on both sides
 * @param equal how many end in the same way
 * @param different those that do not, by id
 * @param flaky those that do not end in the same way in two runs of one side; not counted as different
 * @param unreached those that one side did not come to, because their class was {@link Outcome#BROKEN_OFF} there; not counted as different, while a class
 *     that is broken off on one side alone is
 * @param known those that are expected to differ, with the reason; not counted as different
 * @param stale those that are expected to differ and do not
 */
record Comparison(
        int tests,
        int passed,
        int equal,
        Map<String, Difference> different,
        List<String> flaky,
        List<String> unreached,
        Map<String, String> known,
        List<String> stale) {
    /** A test that ends in two ways. */
    record Difference(Outcome expected, Outcome found) {
        String describe() {
            return found.describe() + ", expected " + expected.describe();
        }
    }

    Comparison {
        different = Map.copyOf(different);
        flaky = List.copyOf(flaky);
        unreached = List.copyOf(unreached);
        known = Map.copyOf(known);
        stale = List.copyOf(stale);
    }

    static Comparison of(Map<String, Outcome> expected, Map<String, Outcome> found) {
        TreeSet<String> ids = new TreeSet<>(expected.keySet());
        ids.addAll(found.keySet());
        Map<String, Difference> different = new TreeMap<>();
        List<String> unreached = new ArrayList<>();
        int passed = 0;
        for (String id : ids) {
            Outcome there = Objects.requireNonNull(expected.getOrDefault(id, Outcome.ABSENT));
            Outcome here = Objects.requireNonNull(found.getOrDefault(id, Outcome.ABSENT));
            if (there.isSame(here)) {
                passed += there.status().equals("PASSED") ? 1 : 0;
            } else if (isUnreached(there, here, expected) || isUnreached(here, there, found)) {
                unreached.add(id);
            } else {
                different.put(id, new Difference(there, here));
            }
        }
        int equal = ids.size() - different.size() - unreached.size();
        return new Comparison(ids.size(), passed, equal, different, List.of(), unreached, Map.of(), List.of());
    }

    private static boolean isUnreached(Outcome missing, Outcome other, Map<String, Outcome> side) {
        return missing == Outcome.ABSENT
                && !other.status().equals(Outcome.BROKEN_OFF)
                && side.values().stream()
                        .anyMatch(outcome -> outcome.status().equals(Outcome.BROKEN_OFF)
                                && outcome.testClass().equals(other.testClass()));
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
     * @param realAgain a second run of the real jar, of the {@link #classes} that differ
     * @param changedAgain a second run of the same with the patch
     */
    Comparison without(Map<String, Outcome> realAgain, Map<String, Outcome> changedAgain) {
        Map<String, Difference> left = new TreeMap<>();
        TreeSet<String> unstable = new TreeSet<>();
        different.forEach((id, difference) -> {
            if (repeats(realAgain, id, difference.expected()) && repeats(changedAgain, id, difference.found())) {
                left.put(id, difference);
            } else {
                unstable.add(id);
            }
        });
        return new Comparison(tests, passed, equal, left, List.copyOf(unstable), unreached, known, stale);
    }

    private static boolean repeats(Map<String, Outcome> again, String id, Outcome before) {
        return before.isSame(Objects.requireNonNull(again.getOrDefault(id, Outcome.ABSENT)));
    }

    /**
     * The same with differences that are known set apart.
     *
     * @param differences what is expected to differ
     * @param run the tests that were run
     */
    Comparison knowing(List<KnownDifference> differences, Set<String> run) {
        Map<String, Difference> left = new TreeMap<>(different);
        Map<String, String> expected = new TreeMap<>();
        List<String> equalAfterAll = new ArrayList<>();
        for (KnownDifference one : differences) {
            List<String> covered =
                    different.keySet().stream().filter(one::covers).toList();
            covered.forEach(id -> expected.put(id, one.reason()));
            left.keySet().removeAll(covered);
            if (covered.isEmpty()
                    && run.stream().anyMatch(one::covers)
                    && flaky.stream().noneMatch(one::covers)) {
                equalAfterAll.add(one.part());
            }
        }
        return new Comparison(tests, passed, equal, left, flaky, unreached, expected, equalAfterAll);
    }
}
