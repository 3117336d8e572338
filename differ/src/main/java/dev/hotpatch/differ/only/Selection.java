package dev.hotpatch.differ.only;

import dev.hotpatch.differ.archive.ClassKey;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.pairing.UnitPair;
import dev.hotpatch.patchformat.plan.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.ClassNode;

/** Makes the target of a part of a release: the base, with what is selected and what that needs from the real target. For one thread. */
public final class Selection {
    private final List<UnitPair> pairs;
    private final Spool spool;
    private final Release base;
    private final Release target;
    private final Needs needs;
    private final Taken taken;

    private Selection(List<UnitPair> pairs, Spool spool) {
        this.pairs = pairs;
        this.spool = spool;
        this.base = new Release(spool, pairs.stream().map(UnitPair::base).toList());
        this.target = new Release(spool, pairs.stream().map(UnitPair::target).toList());
        this.needs = new Needs(base, target);
        this.taken = needs.taken();
    }

    /**
     * What came out.
     *
     * @param pairs the same units, with a target that has only what is taken
     * @param reasons by internal name: why a class that is not selected is taken along, wholly or in part
     * @param leftOut how many classes differ and are not taken
     */
    public record Selected(List<UnitPair> pairs, SortedMap<String, List<Reason>> reasons, int leftOut) {}

    /** Everything. */
    public static Selected all(List<UnitPair> pairs) {
        return new Selected(pairs, new TreeMap<>(), 0);
    }

    /**
     * Selects.
     *
     * @throws IllegalArgumentException if a pattern selects nothing; the message is for the user
     */
    public static Selected select(List<CodePattern> patterns, List<UnitPair> pairs, Spool spool) throws IOException {
        Selection selection = new Selection(pairs, spool);
        SortedSet<String> differing = selection.differing();
        for (CodePattern pattern : patterns) {
            selection.start(pattern, differing);
        }
        return selection.selected(differing);
    }

    private SortedSet<String> differing() {
        SortedSet<String> names = new TreeSet<>(base.names());
        names.addAll(target.names());
        names.removeIf(name -> base.same(target, name));
        return names;
    }

    private void start(CodePattern pattern, Set<String> differing) {
        Set<String> found = new TreeSet<>();
        differing.stream().filter(pattern::matches).filter(target::has).forEach(found::add);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(NoMatch.of(pattern, base, target, differing));
        }
        for (String name : found) {
            ClassNode before = base.find(name);
            ClassNode after = target.find(name);
            if (!pattern.isMethod() || before == null || after == null) {
                needs.selectClass(name);
                continue;
            }
            List<Member> methods = after.methods.stream()
                    .map(Member::of)
                    .filter(pattern::matches)
                    .toList();
            if (methods.isEmpty()) {
                throw new IllegalArgumentException(NoMatch.ofMethod(pattern, before, after));
            }
            if (methods.stream().allMatch(method -> Changes.isSame(before, after, method))) {
                throw new IllegalArgumentException(NoMatch.ofSameMethod(pattern, before, after));
            }
            methods.forEach(method -> needs.selectMethod(name, method));
        }
    }

    private Selected selected(Set<String> differing) throws IOException {
        Numbers numbers = new Numbers(base, target, taken);
        Merge merge = new Merge(numbers);
        List<UnitPair> selected = new ArrayList<>();
        for (UnitPair pair : pairs) {
            selected.add(new UnitPair(pair.basePath(), pair.targetPath(), pair.base(), only(pair, numbers, merge)));
        }
        SortedSet<String> left = new TreeSet<>(differing);
        left.removeIf(taken::has);
        return new Selected(List.copyOf(selected), reasons(numbers), left.size());
    }

    private SortedMap<ClassKey, StoredFile> only(UnitPair pair, Numbers numbers, Merge merge) throws IOException {
        SortedMap<ClassKey, StoredFile> only = new TreeMap<>(pair.base());
        // Forms that the target has not for a class that is taken.
        only.keySet().removeIf(key -> key.release() != 0 && taken.isWhole(key.name()));
        for (var entry : pair.target().entrySet()) {
            ClassKey key = entry.getKey();
            StoredFile now = entry.getValue();
            StoredFile then = pair.base().get(key);
            Part part = taken.parts().get(key.name());
            if (taken.isWhole(key.name())) {
                ClassKey other = new ClassKey(numbers.map(key.name()), key.release());
                only.put(other, numbers.isIdle() ? now : stored(merge.whole(bytes(now)), now, other.name()));
            } else if (part != null
                    && key.release() == 0
                    && then != null
                    && !then.digest().equals(now.digest())) {
                only.put(key, stored(merge.part(bytes(then), bytes(now), part), then, key.name()));
            }
        }
        return only;
    }

    private byte[] bytes(StoredFile file) throws IOException {
        return spool.read(file.blob().orElseThrow());
    }

    private StoredFile stored(byte[] classFile, StoredFile model, String name) throws IOException {
        Spool.Added added = spool.add(new ByteArrayInputStream(classFile));
        return new StoredFile(
                model.path(), added.digest(), classFile.length, Optional.of(added.blob()), model.kind(), name);
    }

    private SortedMap<String, List<Reason>> reasons(Numbers numbers) {
        SortedMap<String, List<Reason>> all = new TreeMap<>();
        taken.reasons().forEach((name, members) -> {
            List<Reason> reasons = new ArrayList<>();
            if (taken.isWhole(name)) {
                @Nullable String user = members.get("");
                if (user != null) {
                    reasons.add(reason("", user));
                }
            } else {
                members.forEach((member, user) -> reasons.add(reason(member, user)));
            }
            if (!reasons.isEmpty()) {
                all.put(numbers.map(name), List.copyOf(reasons));
            }
        });
        return all;
    }

    private static Reason reason(String member, String user) {
        return new Reason(Reason.NEEDED_BY, member, "taken along, as " + user + " needs it");
    }
}
