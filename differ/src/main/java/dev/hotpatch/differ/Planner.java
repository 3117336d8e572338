package dev.hotpatch.differ;

import dev.hotpatch.differ.archive.ArchiveReader;
import dev.hotpatch.differ.content.BadContentException;
import dev.hotpatch.differ.content.Blob;
import dev.hotpatch.differ.content.FileStore;
import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.content.Progress;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.files.FileRules;
import dev.hotpatch.differ.files.ImageSettings;
import dev.hotpatch.differ.files.JavaRuntimes;
import dev.hotpatch.differ.image.ImagePair;
import dev.hotpatch.differ.image.ImageSource;
import dev.hotpatch.differ.image.LibrarySource;
import dev.hotpatch.differ.image.Source;
import dev.hotpatch.differ.only.CodePattern;
import dev.hotpatch.differ.only.Selection;
import dev.hotpatch.differ.pairing.Differences;
import dev.hotpatch.differ.tree.FileTree;
import dev.hotpatch.differ.tree.TreePair;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Effect;
import dev.hotpatch.patchformat.plan.FileChange;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.Reason;
import dev.hotpatch.patchformat.plan.UnitPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/**
 * Turns two sides into a plan: every class, entry and file that differs, with a decision and its reason. The same sides always give the
 * same plan.
 *
 * @param temporary the folder in which space is taken while a plan is in use
 * @param limits how much is read of what may be hostile
 * @param threads for comparing classes, at least 1
 * @param progress is told how far it is
 */
public record Planner(Path temporary, Limits limits, int threads, Progress progress) {
    /**
     * Reads and compares.
     *
     * @return the plan, to be closed by the caller
     * @throws BadContentException if one side is not read for safety
     * @throws IllegalArgumentException if the sides are not comparable; the message is for the user
     */
    public PlannedPatch plan(Source base, Source target) throws IOException {
        return plan(base, target, List.of());
    }

    /**
     * The same for a part of the target: the classes and methods that are selected, with what they need.
     *
     * @param only what is selected; empty for all
     * @throws IllegalArgumentException also if one of them selects nothing
     */
    public PlannedPatch plan(Source base, Source target, List<CodePattern> only) throws IOException {
        checkComparable(base, target);
        Spool spool = Spool.in(temporary, limits.spoolBytes());
        try {
            return plan(base, target, only, spool);
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    /** Within images and folders a jar that is none is a file like others; one that was named is a mistake. */
    private static void requireArchive(Source source, FileTree tree, ArchiveReader archives) throws IOException {
        for (StoredFile file : isFile(source) ? tree.files().values() : List.<StoredFile>of()) {
            if (!archives.isArchive(file)) {
                throw new BadContentException(
                        source.title()
                                + " is no jar, or not the whole of one: it does not end as a zip does; fetch it again, or name another file");
            }
        }
    }

    private static void checkComparable(Source base, Source target) {
        if (base instanceof ImageSource != target instanceof ImageSource) {
            throw new IllegalArgumentException(
                    "an image and a library cannot be compared: " + base.title() + ", " + target.title());
        }
        Optional<Platform> from = base.platform();
        Optional<Platform> to = target.platform();
        if (from.isPresent() && to.isPresent() && !to.get().satisfies(from.get())) {
            throw new IllegalArgumentException("the base image is for " + from.get() + ", the target image for "
                    + to.get() + "; choose one platform of both with --platform");
        }
        if (base instanceof LibrarySource old
                && target instanceof LibrarySource now
                && Files.isDirectory(old.path()) != Files.isDirectory(now.path())) {
            throw new IllegalArgumentException(
                    "a folder and a file cannot be compared: " + old.path() + ", " + now.path());
        }
    }

    private PlannedPatch plan(Source base, Source target, List<CodePattern> only, Spool spool) throws IOException {
        FileStore store = new FileStore(spool, limits);
        Parallel parallel = new Parallel(threads);
        TreePair trees = TreePair.read(base, target, store, progress, parallel);
        JavaRuntimes runtimes = JavaRuntimes.in(trees.base(), trees.target());
        NavigableMap<String, StoredFile> baseFiles = runtimes.without(trees.base());
        String root = base instanceof ImageSource ? "/" : "";
        ArchiveReader archives = new ArchiveReader(store);
        requireArchive(base, trees.base(), archives);
        requireArchive(target, trees.target(), archives);
        Differences differences = Differences.between(
                baseFiles, runtimes.without(trees.target()), archives, limits.depth(), root, isFile(base), parallel);
        progress.at("selecting", 0, 1);
        Selection.Selected selected = only.isEmpty()
                ? Selection.all(differences.units())
                : Selection.select(only, differences.units(), spool);
        Libraries libraries = new Libraries(baseFiles.values(), archives, limits.depth(), root, spool);
        ClassDecisions decided = ClassDecisions.of(selected.pairs(), spool, parallel, progress, libraries);
        List<UnitDraft> drafts = decided.drafts();
        CrossChecks checks = new CrossChecks(drafts);
        checks.blockAmbiguous();
        NewClasses.assign(drafts, spool);
        List<BaseClasses.Found> found =
                BaseClasses.named(checks.names(), baseFiles.values(), archives, limits.depth(), root);
        checks.warnOfCopies(found);
        checks.settleKnownClasses(found);
        checks.blockAmbiguousNew();
        drafts.forEach(draft -> explain(draft, selected));
        List<UnitPlan> units = new ArrayList<>();
        for (UnitDraft draft : drafts) {
            units.add(draft.plan(units.size()));
        }
        List<FileChange> files = new ArrayList<>(new FileRules(spool).decide(differences.files()));
        files.addAll(runtimes.compare(trees.base(), trees.target()));
        files.addAll(FileRules.ofShared(trees.base(), trees.target()));
        if (base instanceof ImageSource from && target instanceof ImageSource to) {
            files.addAll(ImageSettings.compare(from.image().config(), to.image().config()));
        }
        if (!only.isEmpty()) {
            files = new ArrayList<>(leftOut(target, selected, files));
        }
        files.sort(Comparator.comparing(FileChange::path));
        PatchPlan plan = new PatchPlan(
                base.origin(trees.base().files()),
                target.origin(trees.target().files()),
                units,
                checks.keep(found),
                files,
                drops(units, decided.sideTables()),
                only.stream().map(CodePattern::text).toList(),
                trees.changedLayers(),
                List.of());
        Optional<ImagePair> images = base instanceof ImageSource from && target instanceof ImageSource to
                ? Optional.of(new ImagePair(from.image(), to.image()))
                : Optional.empty();
        BaseClassPath classPath = new BaseClassPath(baseFiles.values(), archives, limits.depth(), root, spool);
        return new PlannedPatch(plan, images, spool, classFiles(plan, spool), classPath);
    }

    /** Says of classes that are not selected why they are in the patch. */
    private static void explain(UnitDraft draft, Selection.Selected selected) {
        for (ClassChange change : List.copyOf(draft.changes().values())) {
            if (change.decision() != Decision.BLOCKED && change.decision() != Decision.NOISE) {
                ClassChange explained = change;
                for (Reason reason : selected.reasons().getOrDefault(change.name(), List.of())) {
                    explained = draft.warn(explained, reason);
                }
            }
        }
    }

    /** One entry in the place of all that the selection leaves out. */
    private static List<FileChange> leftOut(Source target, Selection.Selected selected, List<FileChange> files) {
        long others = files.stream()
                .filter(file -> file.decision() != FileChange.FileDecision.INERT)
                .count();
        if (selected.leftOut() + others == 0) {
            return List.of();
        }
        return List.of(new FileChange(
                target.title(),
                FileChange.FileDecision.RESOURCE,
                new Reason(
                        "left-out",
                        "",
                        "the patch is a part of this: " + selected.leftOut() + " more classes and " + others
                                + " files or settings differ and are not in it")));
    }

    /** Values of added fields are forgotten when the patch is taken out. */
    private static List<Effect> drops(List<UnitPlan> units, Set<String> sideTables) {
        return units.stream()
                .flatMap(unit -> unit.classes().stream())
                .filter(change -> change.decision() == Decision.NEW_CLASS
                        && sideTables.contains(change.name())
                        && !change.units().isEmpty())
                .map(change -> new Effect(Effect.Kind.DROP, change.name(), "hotpatchDrop", change.units()))
                .toList();
    }

    private static boolean isFile(Source source) {
        return source instanceof LibrarySource library && !Files.isDirectory(library.path());
    }

    private static Map<Digest, Blob> classFiles(PatchPlan plan, Spool spool) {
        Map<Digest, Blob> files = new HashMap<>();
        plan.classes()
                .filter(change -> UnitDraft.isRewritten(change.decision()) || change.decision() == Decision.NEW_CLASS)
                .flatMap(change -> change.newDigest().stream())
                .forEach(digest -> files.put(digest, spool.find(digest).orElseThrow()));
        return files;
    }
}
