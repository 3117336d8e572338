package dev.hotpatch.differ;

import dev.hotpatch.differ.archive.ClassKey;
import dev.hotpatch.differ.classes.Reasons;
import dev.hotpatch.differ.content.MemberPath;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.lift.Compilation;
import dev.hotpatch.patchformat.live.LiveIndex;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Reason;
import dev.hotpatch.patchformat.plan.Releases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Units whose classes may see each other: none has another class file under the same name. What a JVM sees of multi-release jars depends
 * on its release, so each range of releases is compiled for itself; what comes out the same is one. For one thread.
 */
final class ClassWorld {
    private final Spool spool;
    private final List<UnitDraft> drafts = new ArrayList<>();
    private final SortedSet<String> sideTables = new TreeSet<>();

    /** What goes into JVMs, as some releases get it; mostly others get the same. */
    private final Map<String, Stored> stored = new ConcurrentHashMap<>();

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
        for (RangeCompiler.Compiled range : RangeCompiler.compile(base, target, libraries, parallel)) {
            sideTables.addAll(range.compilation().sideTables());
            new Outcome(range).enter(parallel);
        }
        stored.clear();
    }

    private Digest store(String name, byte[] bytes) throws IOException {
        Stored last = stored.get(name);
        if (last == null || !Arrays.equals(last.bytes, bytes)) {
            last = new Stored(bytes, spool.add(bytes).digest());
            stored.put(name, last);
        }
        return last.digest;
    }

    private record Stored(byte[] bytes, Digest digest) {}

    /** Companions with values of objects, which are dropped when the patch is taken out. */
    SortedSet<String> sideTables() {
        return sideTables;
    }

    /** Enters what becomes of classes on some releases. */
    private final class Outcome {
        private final Compilation compilation;
        private final UnitSide.View base;
        private final UnitSide.View target;
        private final Releases releases;
        private final Map<String, String> targetNames;

        Outcome(RangeCompiler.Compiled range) {
            this.compilation = range.compilation();
            this.base = range.views().base();
            this.target = range.views().target();
            this.releases = range.releases();
            this.targetNames = compilation.targetNames();
        }

        void enter(Parallel parallel) throws IOException {
            List<Compilation.Redefined> redefined = compilation.redefined().values().stream()
                    .filter(one -> !compilation.blocked().containsKey(one.name()))
                    .toList();
            List<Digest> digests = parallel.map(redefined, one -> store(one.name(), one.bytes()), done -> {});
            for (int i = 0; i < redefined.size(); i++) {
                redefine(redefined.get(i), digests.get(i));
            }
            List<Compilation.Defined> defined = compilation.defined().values().stream()
                    .filter(one -> !compilation.blocked().containsKey(one.name()))
                    .toList();
            digests = parallel.map(defined, one -> store(one.name(), one.bytes()), done -> {});
            for (int i = 0; i < defined.size(); i++) {
                define(defined.get(i), digests.get(i));
            }
            for (String name : compilation.noise()) {
                if (!isDecided(name)) {
                    changes(name, Decision.NOISE, targetDigest(name), List.of());
                }
            }
            for (String name : compilation.removed()) {
                if (!isDecided(name)) {
                    changes(name, Decision.REMOVED, Optional.empty(), List.of());
                }
            }
            compilation.blocked().forEach((name, reasons) -> {
                if (base.digest(name) != null) {
                    changes(name, Decision.BLOCKED, targetDigest(name), reasons);
                } else {
                    blockNew(name, targetName(name), reasons);
                }
            });
        }

        /** A class may be the same, or gone, and yet be rewritten for what it uses. */
        private boolean isDecided(String name) {
            return compilation.redefined().containsKey(name)
                    || compilation.blocked().containsKey(name);
        }

        /** The name that a class has in the target; what it is called here may be another one's name there. */
        private String targetName(String name) {
            return targetNames.getOrDefault(name, name);
        }

        private Optional<Digest> targetDigest(String name) {
            boolean anothers =
                    !targetNames.containsKey(name) && compilation.renamed().containsKey(name);
            return anothers ? Optional.empty() : target.digestOf(targetName(name));
        }

        private void redefine(Compilation.Redefined one, Digest digest) {
            // Where only members are gone, what goes into the JVM is what is there.
            boolean same = Optional.of(digest).equals(base.digestOf(one.name()));
            if (same) {
                Optional<Digest> now = targetDigest(one.name());
                changes(one.name(), now.isPresent() ? Decision.NOISE : Decision.REMOVED, now, List.of());
                return;
            }
            changes(one.name(), one.lifted() ? Decision.LIFT : Decision.REDEFINE, Optional.of(digest), one.reasons());
        }

        private void changes(String name, Decision decision, Optional<Digest> now, List<Reason> reasons) {
            for (UnitDraft draft : drafts) {
                UnitSide.form(draft.pair().base(), name, releases.from())
                        .ifPresent(file -> put(
                                draft,
                                new ClassChange(
                                        name,
                                        releases,
                                        decision,
                                        Optional.of(file.digest()),
                                        now,
                                        List.of(),
                                        reasons)));
            }
        }

        private void define(Compilation.Defined one, Digest digest) {
            ClassChange change = new ClassChange(
                    one.name(),
                    releases,
                    Decision.NEW_CLASS,
                    Optional.empty(),
                    Optional.of(digest),
                    List.of(),
                    List.of());
            boolean companion = one.targetName().isEmpty();
            boolean inBase = companion && base.digest(one.owner()) != null;
            // The base may have no class of the name that the owner has in the target.
            String anchor = inBase ? one.owner() : companion ? targetName(one.owner()) : one.targetName();
            for (UnitDraft draft : having(anchor, inBase)) {
                put(draft, change);
            }
        }

        private void blockNew(String name, String targetName, List<Reason> reasons) {
            ClassChange change = new ClassChange(
                    name,
                    releases,
                    Decision.BLOCKED,
                    Optional.empty(),
                    target.digestOf(targetName),
                    List.of(),
                    reasons);
            having(targetName, false).forEach(draft -> put(draft, change));
        }

        private List<UnitDraft> having(String name, boolean inBase) {
            Function<UnitDraft, SortedMap<ClassKey, StoredFile>> side =
                    draft -> inBase ? draft.pair().base() : draft.pair().target();
            return drafts.stream()
                    .filter(draft -> UnitSide.form(side.apply(draft), name, releases.from())
                            .isPresent())
                    .toList();
        }

        private static void put(UnitDraft draft, ClassChange change) {
            if (LiveIndex.canName(change.name())) {
                draft.putOrExtend(change);
            } else {
                draft.block(change.named(MemberPath.printable(change.name())), Reasons.unnameable());
            }
        }
    }
}
