package dev.hotpatch.systemtests.programs.generate;

import dev.hotpatch.systemtests.programs.pair.ProgramPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A pair that comes of a seed.
 *
 * @param recipe what it is made from
 * @param pair the sources
 * @param rows what was changed, in the order in which it was
 * @param edits for each of the rows the number of the change in the recipe
 */
public record SeededPair(Recipe recipe, ProgramPair pair, List<Row> rows, List<Integer> edits) {
    /** Changes that are always blocked would hide all others that a pair has, so only some seeds have them. */
    private static final Set<Row> BLOCKING = EnumSet.of(
            Row.ADDED_OVERRIDE_OF_OUTSIDE,
            Row.CLASS_BELOW_FINAL_ONE,
            Row.PERMITTED_SUBCLASS,
            Row.ADDED_INTERFACE_OF_OUTSIDE,
            Row.CHANGED_SUPER_CLASS,
            Row.RECORD_COMPONENT);

    private static final int BLOCKING_SEEDS = 15;

    public SeededPair {
        rows = List.copyOf(rows);
        edits = List.copyOf(edits);
    }

    /** The pair without the changes that may be blocked for one of these reasons. */
    public SeededPair without(List<String> codes) {
        Recipe less = recipe;
        for (int i = 0; i < rows.size(); i++) {
            if (!Collections.disjoint(rows.get(i).mayBeBlockedBy(), codes)) {
                less = less.without(edits.get(i));
            }
        }
        // In packages of its own, as both are run in one JVM.
        return less.equals(recipe) ? this : of(less, "r" + less.seed());
    }

    /** Makes it. */
    public static SeededPair of(Recipe recipe) {
        return of(recipe, "g" + recipe.seed());
    }

    private static SeededPair of(Recipe recipe, String root) {
        long seed = recipe.seed();
        int release = Math.floorMod(seed, 4) == 0 ? 8 : recipe.release();
        Program before = ProgramGenerator.make(seed, root, release);
        Program after = ProgramGenerator.make(seed, root, release);
        List<Row> rows = new ArrayList<>();
        List<Integer> edits = new ArrayList<>();
        Random choice = new Random(seed * 31 + 7);
        int count = 1 + choice.nextInt(6);
        for (int i = 0; i < count; i++) {
            List<Row> order = new ArrayList<>(recipe.rows());
            if (order.size() > BLOCKING.size() && seed % BLOCKING_SEEDS != 0) {
                order.removeAll(BLOCKING);
            }
            Collections.shuffle(order, choice);
            long inner = choice.nextLong();
            if ((recipe.edits() >> i & 1) == 1) {
                after.numberFrom(10_000 * (i + 1));
                Edits edit = new Edits(after, new Random(inner));
                Optional<Row> made = order.stream().filter(edit::apply).findFirst();
                made.ifPresent(rows::add);
                if (made.isPresent()) {
                    edits.add(i);
                }
            }
        }
        boolean strict = rows.stream().noneMatch(Row::changesState);
        Map<String, String> old = Printer.print(before);
        Driver.addTo(old, before, strict);
        Map<String, String> now = Printer.print(after);
        Driver.addTo(now, after, strict);
        return new SeededPair(
                recipe, new ProgramPair("seed-" + seed, release, root + ".a.Main", old, now), rows, edits);
    }

    public long seed() {
        return recipe.seed();
    }
}
