package dev.hotpatch.differ;

import dev.hotpatch.differ.archive.ClassKey;
import dev.hotpatch.differ.classes.Reasons;
import dev.hotpatch.differ.content.MemberPath;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.lift.Compilation;
import dev.hotpatch.differ.lift.LiveCompiler;
import dev.hotpatch.patchformat.live.LiveIndex;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** Units whose classes may see each other: none has another class file under the same name. For one thread. */
final class ClassWorld {
    private static final String MODULE = "module-info";

    private final Spool spool;
    private final List<UnitDraft> drafts = new ArrayList<>();
    private final SortedSet<String> sideTables = new TreeSet<>();
    private final UnitSide base;
    private final UnitSide target;

    private ClassWorld(Spool spool) {
        this.spool = spool;
        this.base = new UnitSide(spool);
        this.target = new UnitSide(spool);
    }

    /** As few as the units allow; mostly one. */
    static List<ClassWorld> of(List<UnitDraft> drafts, Spool spool) {
        List<ClassWorld> worlds = new ArrayList<>();
        for (UnitDraft draft : drafts) {
            ClassWorld world = worlds.stream()
                    .filter(each -> each.base.accepts(draft.pair().base())
                            && each.target.accepts(draft.pair().target()))
                    .findFirst()
                    .orElseGet(() -> {
                        ClassWorld another = new ClassWorld(spool);
                        worlds.add(another);
                        return another;
                    });
            world.drafts.add(draft);
            world.base.add(draft.pair().base());
            world.target.add(draft.pair().target());
        }
        return worlds;
    }

    /** Compiles, and enters what becomes of each class into the units that have it. */
    void decide(Libraries libraries, Parallel parallel) throws IOException {
        if (base.sameAs(target)) {
            return;
        }
        libraries.findAbove(base, target);
        Compilation compilation = LiveCompiler.compile(base, target, libraries, parallel);
        sideTables.addAll(compilation.sideTables());
        for (Compilation.Redefined one : compilation.redefined().values()) {
            if (!compilation.blocked().containsKey(one.name())) {
                Digest digest = spool.add(one.bytes()).digest();
                // Where only members are gone, what goes into the JVM is what is there.
                boolean same = Optional.of(digest).equals(base.digestOf(one.name()));
                Decision decision = same ? Decision.NOISE : one.lifted() ? Decision.LIFT : Decision.REDEFINE;
                changes(
                        one.name(),
                        decision,
                        same ? target.digestOf(one.name()) : Optional.of(digest),
                        same ? List.of() : one.reasons());
            }
        }
        for (Compilation.Defined one : compilation.defined().values()) {
            if (!compilation.blocked().containsKey(one.name())) {
                define(compilation, one);
            }
        }
        for (String name : compilation.noise()) {
            // One may be the same and yet be rewritten for what it uses.
            if (!compilation.redefined().containsKey(name)) {
                changes(name, Decision.NOISE, target.digestOf(name), List.of());
            }
        }
        for (String name : compilation.removed()) {
            changes(name, Decision.REMOVED, Optional.empty(), List.of());
        }
        compilation.blocked().forEach((name, reasons) -> {
            if (base.digest(name) != null) {
                changes(name, Decision.BLOCKED, target.digestOf(name), reasons);
            } else {
                blockNew(name, compilation.targetName(name), reasons);
            }
        });
    }

    /** Companions with values of objects, which are dropped when the patch is taken out. */
    SortedSet<String> sideTables() {
        return sideTables;
    }

    private void changes(String name, Decision decision, Optional<Digest> now, List<Reason> reasons) {
        for (UnitDraft draft : drafts) {
            StoredFile file = draft.pair().base().get(new ClassKey(name, 0));
            if (file != null) {
                enter(draft, new ClassChange(name, 0, decision, Optional.of(file.digest()), now, List.of(), reasons));
            }
        }
    }

    private void define(Compilation compilation, Compilation.Defined one) throws IOException {
        Digest digest = spool.add(one.bytes()).digest();
        ClassChange change = new ClassChange(
                one.name(), 0, Decision.NEW_CLASS, Optional.empty(), Optional.of(digest), List.of(), List.of());
        boolean companion = one.targetName().isEmpty();
        String anchor = companion ? compilation.targetName(one.owner()) : one.targetName();
        boolean inBase = companion && base.digest(one.owner()) != null;
        for (UnitDraft draft : having(anchor, inBase)) {
            enter(draft, change);
        }
    }

    private void blockNew(String name, String targetName, List<Reason> reasons) {
        ClassChange change = new ClassChange(
                name, 0, Decision.BLOCKED, Optional.empty(), target.digestOf(targetName), List.of(), reasons);
        having(targetName, false).forEach(draft -> enter(draft, change));
    }

    private List<UnitDraft> having(String name, boolean inBase) {
        Function<UnitDraft, SortedMap<ClassKey, StoredFile>> side =
                draft -> inBase ? draft.pair().base() : draft.pair().target();
        return drafts.stream()
                .filter(draft -> side.apply(draft).containsKey(new ClassKey(name, 0)))
                .toList();
    }

    private static void enter(UnitDraft draft, ClassChange change) {
        if (LiveIndex.canName(change.name())) {
            draft.put(change);
        } else {
            draft.block(change.named(MemberPath.printable(change.name())), Reasons.unnameable());
        }
    }

    /** Whether the key is decided here, and not on its own. */
    static boolean decides(ClassKey key) {
        return key.release() == 0 && !key.name().equals(MODULE);
    }
}
