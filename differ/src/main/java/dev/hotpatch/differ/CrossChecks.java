package dev.hotpatch.differ;

import dev.hotpatch.differ.classes.Reasons;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.PatchPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What decisions about one class mean for class files of the same name in other places. For one thread. */
final class CrossChecks {
    private record OldClass(String name, Digest digest) {}

    private record Place(UnitDraft draft, ClassChange change) {}

    private final List<UnitDraft> drafts;

    CrossChecks(List<UnitDraft> drafts) {
        this.drafts = drafts;
    }

    /** Names of classes of which the base must be searched for other class files. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        places(Decision.REDEFINE, Decision.LIFT, Decision.NEW_CLASS).forEach(place -> names.add(place.change.name()));
        return names;
    }

    /** Blocks class files that would become different ones in different places. */
    void blockAmbiguous() {
        Map<OldClass, List<Place>> same = new LinkedHashMap<>();
        for (Place place : places(Decision.REDEFINE, Decision.LIFT)) {
            OldClass key =
                    new OldClass(place.change.name(), place.change.oldDigest().orElseThrow());
            same.computeIfAbsent(key, any -> new ArrayList<>()).add(place);
        }
        same.values().forEach(CrossChecks::blockIfDifferent);
    }

    /** Blocks new classes that one loader would get in two forms. */
    void blockAmbiguousNew() {
        Map<String, List<Place>> same = new TreeMap<>();
        for (Place place : places(Decision.NEW_CLASS)) {
            if (!place.change.units().isEmpty()) {
                same.computeIfAbsent(place.change.name(), any -> new ArrayList<>())
                        .add(place);
            }
        }
        same.values().forEach(CrossChecks::blockIfDifferent);
    }

    /** Where JVMs of one release would get different class files. */
    private static void blockIfDifferent(Collection<Place> places) {
        boolean different = places.stream()
                .anyMatch(one -> places.stream()
                        .anyMatch(two -> one.change.releases().overlap(two.change.releases())
                                && !one.change.newDigest().equals(two.change.newDigest())));
        if (different) {
            String paths = places.stream()
                    .map(place -> place.draft.pair().targetPath())
                    .distinct()
                    .collect(Collectors.joining(" and "));
            places.forEach(place -> place.draft.block(place.change, Reasons.ambiguous(paths)));
        }
    }

    /** Warns where a class file is redefined although the target keeps it in another jar. */
    void warnOfCopies(List<BaseClasses.Found> base) {
        Map<String, List<BaseClasses.Found>> byName = byName(base);
        for (Place place : places(Decision.REDEFINE, Decision.LIFT)) {
            otherPlaces(place, byName).stream()
                    .filter(found -> Optional.of(found.file().digest()).equals(place.change.oldDigest()))
                    .filter(found -> !isRedefined(found))
                    .findFirst()
                    .ifPresent(found -> place.draft.warn(place.change, Reasons.alsoElsewhere(found.unit())));
        }
    }

    /** Sorts out new classes that the base has already, in other jars. */
    void settleKnownClasses(List<BaseClasses.Found> base) {
        Map<String, List<BaseClasses.Found>> byName = byName(base);
        for (Place place : places(Decision.NEW_CLASS)) {
            List<BaseClasses.Found> others = otherPlaces(place, byName);
            if (place.change.units().isEmpty() || others.isEmpty()) {
                continue;
            }
            Optional<BaseClasses.Found> different = others.stream()
                    .filter(found -> !Optional.of(found.file().digest()).equals(place.change.newDigest()))
                    .findFirst();
            if (different.isPresent()) {
                place.draft.block(
                        place.change, Reasons.elsewhere(different.get().unit()));
            } else {
                place.draft.define(place.change, List.of());
            }
        }
    }

    private static Map<String, List<BaseClasses.Found>> byName(List<BaseClasses.Found> base) {
        return base.stream().collect(Collectors.groupingBy(found -> found.key().name()));
    }

    private static List<BaseClasses.Found> otherPlaces(Place place, Map<String, List<BaseClasses.Found>> base) {
        return base.getOrDefault(place.change.name(), List.of()).stream()
                .filter(found -> !found.unit().equals(place.draft.pair().basePath()))
                .toList();
    }

    private boolean isRedefined(BaseClasses.Found found) {
        return drafts.stream()
                .filter(draft -> draft.pair().basePath().equals(found.unit()))
                .flatMap(draft -> draft.changes().values().stream())
                .anyMatch(change -> change.name().equals(found.key().name())
                        && Optional.of(found.file().digest()).equals(change.oldDigest())
                        && UnitDraft.isRewritten(change.decision()));
    }

    /** Class files that stay, of classes that are redefined elsewhere. */
    List<PatchPlan.Kept> keep(List<BaseClasses.Found> base) {
        Set<String> names = new HashSet<>();
        Set<OldClass> replaced = new HashSet<>();
        for (Place place : places(Decision.REDEFINE, Decision.LIFT)) {
            names.add(place.change.name());
            replaced.add(
                    new OldClass(place.change.name(), place.change.oldDigest().orElseThrow()));
        }
        return base.stream()
                .filter(found -> names.contains(found.key().name()))
                .filter(found -> !replaced.contains(
                        new OldClass(found.key().name(), found.file().digest())))
                .map(found ->
                        new PatchPlan.Kept(found.key().name(), found.file().digest()))
                .distinct()
                .sorted(Comparator.comparing(PatchPlan.Kept::name).thenComparing(PatchPlan.Kept::digest))
                .toList();
    }

    private List<Place> places(Decision... decisions) {
        Set<Decision> wanted = Set.of(decisions);
        List<Place> places = new ArrayList<>();
        for (UnitDraft draft : drafts) {
            draft.changes().values().stream()
                    .filter(change -> wanted.contains(change.decision()))
                    .forEach(change -> places.add(new Place(draft, change)));
        }
        return places;
    }
}
