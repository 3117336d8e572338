package dev.hotpatch.differ;

import dev.hotpatch.differ.classes.ClassReferences;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import java.io.IOException;
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

/** Which loaders get a new class: those of its own unit, or those of the patched code that leads to it. For one thread. */
final class NewClasses {
    private static final String PACKAGE = "package-info";

    private final List<UnitDraft> drafts;
    private final Spool spool;
    private final Set<String> names = new HashSet<>();

    /** New classes that a new class names. */
    private final Map<String, Set<String>> references = new HashMap<>();

    private NewClasses(List<UnitDraft> drafts, Spool spool) {
        this.drafts = drafts;
        this.spool = spool;
    }

    /** Gives every new class its units; none if no code that goes live leads to it. */
    static void assign(List<UnitDraft> drafts, Spool spool) throws IOException {
        NewClasses classes = new NewClasses(drafts, spool);
        for (UnitDraft draft : drafts) {
            draft.changes().values().stream()
                    .filter(change -> change.decision() == Decision.NEW_CLASS)
                    .forEach(change -> classes.names.add(change.name()));
        }
        if (!classes.names.isEmpty()) {
            classes.assign();
        }
    }

    private void assign() throws IOException {
        for (UnitDraft draft : drafts) {
            for (ClassChange change : draft.changes().values()) {
                if (change.decision() == Decision.NEW_CLASS) {
                    references
                            .computeIfAbsent(change.name(), any -> new TreeSet<>())
                            .addAll(named(change));
                }
            }
        }
        Map<String, SortedSet<Integer>> users = users();
        for (int i = 0; i < drafts.size(); i++) {
            UnitDraft draft = drafts.get(i);
            boolean own = draft.redefines();
            for (ClassChange change : new ArrayList<>(draft.changes().values())) {
                if (change.decision() == Decision.NEW_CLASS && !change.name().endsWith(PACKAGE)) {
                    SortedSet<Integer> found = users.getOrDefault(change.name(), new TreeSet<>());
                    draft.define(change, own ? List.of(i) : List.copyOf(found));
                }
            }
        }
    }

    /** Units whose redefined classes lead to a new class, perhaps through others. */
    private Map<String, SortedSet<Integer>> users() throws IOException {
        Map<String, SortedSet<Integer>> users = new HashMap<>();
        for (int i = 0; i < drafts.size(); i++) {
            Deque<String> open = new ArrayDeque<>();
            for (ClassChange change : drafts.get(i).changes().values()) {
                if (UnitDraft.isRewritten(change.decision())) {
                    open.addAll(named(change));
                }
            }
            Set<String> seen = new HashSet<>();
            while (!open.isEmpty()) {
                String name = open.pop();
                if (seen.add(name)) {
                    users.computeIfAbsent(name, any -> new TreeSet<>()).add(i);
                    open.addAll(references.getOrDefault(name, Set.of()));
                }
            }
        }
        return users;
    }

    private Set<String> named(ClassChange change) throws IOException {
        byte[] classFile =
                spool.read(spool.find(change.newDigest().orElseThrow()).orElseThrow());
        Set<String> found = new TreeSet<>(ClassReferences.of(classFile));
        found.retainAll(names);
        return found;
    }
}
