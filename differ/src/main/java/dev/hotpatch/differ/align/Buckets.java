package dev.hotpatch.differ.align;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.objectweb.asm.tree.MethodNode;

/** Things of both sides that may be one another, because what the key says of them is the same. */
final class Buckets {
    /** By how much more of the code must be equal than with any other candidate. */
    private static final double MARGIN = 0.3;

    /** The key of a thing; empty for a thing that belongs nowhere. */
    interface Key extends Function<Entity, List<Object>> {}

    private record Bucket(List<Entity> base, List<Entity> target) {}

    private record Candidate(int base, int target, double similarity) {
        static final Comparator<Candidate> BEST = Comparator.comparingDouble((Candidate one) -> -one.similarity)
                .thenComparingInt(one -> Math.abs(one.base - one.target))
                .thenComparingInt(Candidate::base)
                .thenComparingInt(Candidate::target);
    }

    private final Texts texts;
    private final Map<Entity, Map<String, Integer>> lines = new HashMap<>();
    private int pairs;

    Buckets(Texts texts) {
        this.texts = texts;
    }

    int pairs() {
        return pairs;
    }

    /** Pairs what is not paired yet and has the same key, one by one in order. */
    void inOrder(List<Entity> base, List<Entity> target, Key baseKey, Key targetKey) {
        for (Bucket bucket : buckets(base, target, baseKey, targetKey)) {
            int both = Math.min(bucket.base.size(), bucket.target.size());
            for (int i = 0; i < both; i++) {
                pair(bucket.base.get(i), bucket.target.get(i));
            }
        }
    }

    /**
     * Pairs what is not paired yet, has the same key, and is alike, most alike first.
     *
     * @param atLeast the part of instructions that must be equal, 0 to 1
     * @param alone what is enough for the only one that is left of each side where both had as many; above 1 for never
     * @param possible whether the one can become the other at all
     */
    void alike(
            List<Entity> base,
            List<Entity> target,
            Key baseKey,
            Key targetKey,
            double atLeast,
            BiPredicate<Entity, Entity> possible,
            double alone) {
        for (Bucket bucket : buckets(base, target, baseKey, targetKey)) {
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < bucket.base.size(); i++) {
                for (int j = 0; j < bucket.target.size(); j++) {
                    if (possible.test(bucket.base.get(i), bucket.target.get(j))) {
                        candidates.add(new Candidate(i, j, similarity(bucket.base.get(i), bucket.target.get(j))));
                    }
                }
            }
            candidates.sort(Candidate.BEST);
            int left = bucket.base.size() == bucket.target.size() ? bucket.base.size() : -1;
            for (Candidate candidate : candidates) {
                Entity before = bucket.base.get(candidate.base);
                Entity after = bucket.target.get(candidate.target);
                double enough = left == 1 ? alone : atLeast;
                boolean clear = left >= 0 || hasNoRival(candidate, candidates, bucket);
                if (!before.isPaired() && !after.isPaired() && candidate.similarity >= enough && clear) {
                    pair(before, after);
                    left--;
                }
            }
        }
    }

    /** Where one side has more, another one that is nearly as alike makes the choice a guess, and a wrong one runs the wrong code. */
    private static boolean hasNoRival(Candidate chosen, List<Candidate> candidates, Bucket bucket) {
        return candidates.stream()
                .filter(other -> other.base == chosen.base != (other.target == chosen.target))
                .filter(other -> !bucket.base.get(other.base).isPaired()
                        && !bucket.target.get(other.target).isPaired())
                .noneMatch(other -> other.similarity > chosen.similarity - MARGIN);
    }

    void pair(Entity base, Entity target) {
        Entity.pair(base, target, pairs++);
    }

    private static List<Bucket> buckets(List<Entity> base, List<Entity> target, Key baseKey, Key targetKey) {
        Map<List<Object>, Bucket> buckets = new LinkedHashMap<>();
        for (Entity entity : base) {
            List<Object> key = entity.isPaired() ? List.of() : baseKey.apply(entity);
            if (!key.isEmpty()) {
                buckets.computeIfAbsent(key, any -> new Bucket(new ArrayList<>(), new ArrayList<>()))
                        .base
                        .add(entity);
            }
        }
        for (Entity entity : target) {
            Bucket bucket = entity.isPaired() ? null : buckets.get(targetKey.apply(entity));
            if (bucket != null) {
                bucket.target.add(entity);
            }
        }
        return buckets.values().stream()
                .filter(bucket -> !bucket.target.isEmpty())
                .toList();
    }

    /** The part of instructions that are equal, 0 to 1; where jumps lead is left out. */
    private double similarity(Entity base, Entity target) {
        Map<String, Integer> before = lines.computeIfAbsent(base, this::lines);
        Map<String, Integer> after = lines.computeIfAbsent(target, this::lines);
        int common = 0;
        int total = 0;
        for (Map.Entry<String, Integer> line : before.entrySet()) {
            common += Math.min(line.getValue(), after.getOrDefault(line.getKey(), 0));
            total += line.getValue();
        }
        for (int count : after.values()) {
            total += count;
        }
        return total == 0 ? 1 : 2.0 * common / total;
    }

    private Map<String, Integer> lines(Entity entity) {
        MethodNode method = entity.method;
        List<Entity.Body> bodies =
                method == null ? entity.owner.written : List.of(entity.owner.methods.getOrDefault(entity, Entity.NONE));
        Map<String, Integer> counts = new HashMap<>();
        for (Entity.Body body : bodies) {
            for (String line : texts.text(body.text()).split("\n", -1)) {
                String plain = line.replaceAll(" L-?\\d+", "");
                if (!plain.isEmpty()) {
                    counts.merge(plain, 1, Integer::sum);
                }
            }
        }
        return counts;
    }
}
