package dev.hotpatch.patchformat.patch;

import dev.hotpatch.patchformat.live.LiveIndex;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Effect;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.Releases;
import dev.hotpatch.patchformat.plan.UnitPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The index of the live unit that a plan asks for. The one place that says how plans and live units correspond. */
public final class LiveIndexOfPlan {
    private record OldClass(String name, Digest oldDigest) {}

    private record NewClass(String name, Digest digest) {}

    /** One unit that has a class. */
    private record Place(ClassChange change, int unit) {}

    /** What a class becomes on some releases of Java, and where. */
    private record Outcome(Digest digest, SortedSet<Integer> units) {}

    private LiveIndexOfPlan() {}

    /**
     * Takes what goes live: redefined, lifted and new classes. Units are renumbered, since those in which nothing goes live are left
     * out.
     *
     * @throws IllegalArgumentException if the same old class file is to become two different ones, if a new class names a unit that
     *     the plan has not, or if an effect is in a class that does not go live as a new one in all of its units
     */
    public static LiveIndex of(PatchPlan plan) {
        Map<Integer, Integer> numbers = numbers(plan);
        Map<OldClass, List<Place>> redefine = new LinkedHashMap<>();
        Map<NewClass, List<Place>> added = new LinkedHashMap<>();
        for (UnitPlan unit : plan.units()) {
            for (ClassChange change : unit.classes()) {
                if (isRedefined(change)) {
                    OldClass key =
                            new OldClass(change.name(), change.oldDigest().orElseThrow());
                    redefine.computeIfAbsent(key, any -> new ArrayList<>())
                            .add(new Place(change, number(numbers, unit.id())));
                } else if (change.decision() == Decision.NEW_CLASS) {
                    NewClass key =
                            new NewClass(change.name(), change.newDigest().orElseThrow());
                    List<Place> places = added.computeIfAbsent(key, any -> new ArrayList<>());
                    change.units().forEach(id -> places.add(new Place(change, number(numbers, id))));
                }
            }
        }
        List<LiveIndex.Redefine> redefined = new ArrayList<>();
        redefine.forEach((key, places) -> byReleases(key.name(), places)
                .forEach((releases, found) -> redefined.add(new LiveIndex.Redefine(
                        key.name(), key.oldDigest(), found.digest, List.copyOf(found.units), releases))));
        List<LiveIndex.Added> news = new ArrayList<>();
        // A new class that nothing refers to from a patched unit has no loader to go to: it has no places.
        added.forEach((key, places) -> byReleases(key.name(), places)
                .forEach((releases, found) ->
                        news.add(new LiveIndex.Added(key.name(), key.digest(), List.copyOf(found.units), releases))));
        List<String> paths = plan.units().stream()
                .filter(unit -> numbers.containsKey(unit.id()))
                .map(UnitPlan::basePath)
                .toList();
        List<LiveIndex.Keep> keep = plan.keep().stream()
                .map(kept -> new LiveIndex.Keep(kept.name(), kept.digest()))
                .toList();
        return new LiveIndex(paths, redefined, keep, news, effects(plan, numbers, news));
    }

    /** What holds on which releases, in as few ranges as can be that do not overlap. */
    private static SortedMap<Releases, Outcome> byReleases(String name, List<Place> places) {
        TreeSet<Integer> cuts = new TreeSet<>();
        for (Place place : places) {
            cuts.add(place.change.releases().from());
            cuts.add(place.change.releases().until());
        }
        SortedMap<Releases, Outcome> found = new TreeMap<>(Comparator.comparingInt(Releases::from));
        for (Integer from : cuts) {
            Optional<Outcome> outcome = outcome(name, places, from);
            if (outcome.isEmpty()) {
                continue;
            }
            Releases range = new Releases(from, Objects.requireNonNull(cuts.higher(from)));
            Releases last = found.isEmpty() ? range : found.lastKey();
            boolean goesOn = last.until() == from && outcome.get().equals(found.get(last));
            if (goesOn) {
                found.remove(last);
            }
            found.put(goesOn ? last.with(range) : range, outcome.get());
        }
        return found;
    }

    private static Optional<Outcome> outcome(String name, List<Place> places, int release) {
        SortedSet<Integer> units = new TreeSet<>();
        TreeSet<Digest> digests = new TreeSet<>();
        for (Place place : places) {
            if (place.change.releases().has(release)) {
                units.add(place.unit);
                digests.add(place.change.newDigest().orElseThrow());
            }
        }
        if (digests.size() > 1) {
            throw new IllegalArgumentException(
                    name + ": the same old class file becomes different new ones in different places");
        }
        return digests.isEmpty() ? Optional.empty() : Optional.of(new Outcome(digests.first(), units));
    }

    private static List<Effect> effects(PatchPlan plan, Map<Integer, Integer> numbers, List<LiveIndex.Added> news) {
        Map<Effect, TreeSet<Integer>> unitsOf = new LinkedHashMap<>();
        for (Effect effect : plan.effects()) {
            Effect anywhere = new Effect(effect.kind(), effect.className(), effect.method(), List.of());
            TreeSet<Integer> units = unitsOf.computeIfAbsent(anywhere, any -> new TreeSet<>());
            effect.units().forEach(id -> units.add(number(numbers, id)));
        }
        List<Effect> effects = new ArrayList<>();
        unitsOf.forEach((effect, units) -> {
            TreeSet<Integer> ofClass = new TreeSet<>();
            news.stream()
                    .filter(added -> added.name().equals(effect.className()))
                    .forEach(added -> ofClass.addAll(added.units()));
            if (units.isEmpty() || !ofClass.containsAll(units)) {
                throw new IllegalArgumentException("the effect " + effect.className() + "#" + effect.method()
                        + " is in a class that is not new in all of its units");
            }
            effects.add(new Effect(effect.kind(), effect.className(), effect.method(), List.copyOf(units)));
        });
        return effects;
    }

    private static boolean isRedefined(ClassChange change) {
        return change.decision() == Decision.REDEFINE || change.decision() == Decision.LIFT;
    }

    /** New numbers of the units that redefine something, which are also the only ones whose loaders can be told. */
    private static Map<Integer, Integer> numbers(PatchPlan plan) {
        Map<Integer, Integer> numbers = new TreeMap<>();
        for (UnitPlan unit : plan.units()) {
            if (unit.classes().stream().anyMatch(LiveIndexOfPlan::isRedefined)) {
                numbers.put(unit.id(), numbers.size());
            }
        }
        return numbers;
    }

    private static int number(Map<Integer, Integer> numbers, int id) {
        Integer number = numbers.get(id);
        if (number == null) {
            throw new IllegalArgumentException("unit " + id + " redefines no class, so its loader cannot be told");
        }
        return number;
    }
}
