package dev.hotpatch.differ;

import dev.hotpatch.differ.archive.ClassKey;
import dev.hotpatch.differ.classes.Reasons;
import dev.hotpatch.differ.content.MemberPath;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.pairing.UnitPair;
import dev.hotpatch.patchformat.live.LiveIndex;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides for each class, unit by unit: those for every release of Java together, as they see each other; forms for one release on their
 * own. For one thread; comparisons of forms run on several.
 */
final class ClassDecisions {
    private static final String MODULE = "module-info";

    private record Placed(UnitDraft draft, ClassKey key) {}

    private record Pending(UnitDraft draft, ClassTask task) {}

    private final Spool spool;
    private final Parallel parallel;
    private final List<UnitDraft> drafts = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final SortedMap<ClassKey, List<Placed>> removed = new TreeMap<>();
    private final SortedMap<ClassKey, List<Placed>> added = new TreeMap<>();

    private ClassDecisions(Spool spool, Parallel parallel) {
        this.spool = spool;
        this.parallel = parallel;
    }

    /**
     * What came out.
     *
     * @param drafts the units in which classes differ, sorted by path
     * @param sideTables new classes that hold values of objects
     */
    record Decided(List<UnitDraft> drafts, Set<String> sideTables) {}

    static Decided of(List<UnitPair> pairs, Spool spool, Parallel parallel, Progress progress, Libraries libraries)
            throws IOException {
        ClassDecisions decisions = new ClassDecisions(spool, parallel);
        pairs.forEach(decisions::unit);
        decisions.compare(progress);
        decisions.onlyOnOneSide();
        Set<String> sideTables = new TreeSet<>();
        for (ClassWorld world : ClassWorld.of(decisions.drafts, spool)) {
            progress.at("compiling live patches", 0, 1);
            world.decide(libraries, parallel);
            sideTables.addAll(world.sideTables());
        }
        List<UnitDraft> changed = decisions.drafts.stream()
                .filter(draft -> !draft.changes().isEmpty())
                .sorted(Comparator.comparing((UnitDraft draft) -> draft.pair().basePath())
                        .thenComparing(draft -> draft.pair().targetPath()))
                .toList();
        return new Decided(changed, sideTables);
    }

    private void unit(UnitPair pair) {
        UnitDraft draft = new UnitDraft(pair);
        drafts.add(draft);
        pair.base().forEach((key, file) -> {
            if (ClassWorld.decides(key)) {
                return;
            }
            StoredFile now = pair.target().get(key);
            if (now == null) {
                removed.computeIfAbsent(key, any -> new ArrayList<>()).add(new Placed(draft, key));
            } else if (!now.digest().equals(file.digest())) {
                pending.add(new Pending(draft, new ClassTask(spool, key, file, now, pair.base())));
            }
        });
        pair.target().keySet().stream()
                .filter(key -> !ClassWorld.decides(key))
                .filter(key -> !pair.base().containsKey(key))
                .forEach(key ->
                        added.computeIfAbsent(key, any -> new ArrayList<>()).add(new Placed(draft, key)));
    }

    private void compare(Progress progress) throws IOException {
        List<ClassChange> changes = parallel.map(
                pending, entry -> entry.task.run(), done -> progress.at("comparing classes", done, pending.size()));
        for (int i = 0; i < changes.size(); i++) {
            UnitDraft draft = pending.get(i).draft;
            ClassChange change = changes.get(i);
            if (LiveIndex.canName(change.name())) {
                draft.put(change);
            } else {
                unnameable(draft, change);
            }
        }
    }

    private static void unnameable(UnitDraft draft, ClassChange change) {
        ClassChange printable = new ClassChange(
                MemberPath.printable(change.name()),
                change.release(),
                change.decision(),
                change.oldDigest(),
                change.newDigest(),
                List.of(),
                List.of());
        draft.block(printable, Reasons.unnameable());
    }

    private void onlyOnOneSide() {
        removed.values().forEach(places -> places.forEach(this::removed));
        added.values().forEach(places -> places.forEach(this::added));
    }

    private void removed(Placed place) {
        UnitPair pair = place.draft.pair();
        Optional<Digest> old = Optional.of(file(pair.base(), place.key).digest());
        Optional<StoredFile> form = otherForm(pair.target(), place.key);
        List<Reason> reasons = form.isPresent() ? List.of(Reasons.releaseVariant(place.key.release())) : List.of();
        place.draft.put(new ClassChange(
                place.key.name(),
                place.key.release(),
                form.isPresent() ? Decision.BLOCKED : Decision.REMOVED,
                old,
                form.map(StoredFile::digest),
                List.of(),
                reasons));
    }

    private void added(Placed place) {
        UnitPair pair = place.draft.pair();
        ClassChange change = new ClassChange(
                place.key.name(),
                place.key.release(),
                Decision.NEW_CLASS,
                Optional.empty(),
                Optional.of(file(pair.target(), place.key).digest()),
                List.of(),
                List.of());
        boolean formOfOld = otherForm(pair.base(), place.key).isPresent();
        boolean formOfNew = place.key.release() > 0 && pair.target().containsKey(new ClassKey(place.key.name(), 0));
        if (!LiveIndex.canName(change.name())) {
            unnameable(place.draft, change);
        } else if (place.key.name().equals(MODULE) && !pair.base().isEmpty()) {
            place.draft.block(change, Reasons.moduleAdded());
        } else if (formOfOld || formOfNew) {
            place.draft.block(change, Reasons.releaseVariant(place.key.release()));
        } else {
            place.draft.put(change);
        }
    }

    private static StoredFile file(Map<ClassKey, StoredFile> classes, ClassKey key) {
        StoredFile file = classes.get(key);
        if (file == null) {
            throw new IllegalStateException("no class " + key);
        }
        return file;
    }

    /** The same class for another release of Java. */
    private static Optional<StoredFile> otherForm(SortedMap<ClassKey, StoredFile> classes, ClassKey key) {
        return classes.tailMap(new ClassKey(key.name(), 0)).entrySet().stream()
                .takeWhile(entry -> entry.getKey().name().equals(key.name()))
                .filter(entry -> entry.getKey().release() != key.release())
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
