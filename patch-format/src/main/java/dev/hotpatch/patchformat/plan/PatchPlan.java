package dev.hotpatch.patchformat.plan;

import dev.hotpatch.patchformat.oci.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a patch from {@code base} to {@code target} does, with a reason for everything. Has no bytes of any class: it can be made,
 * shown and tested without I/O.
 *
 * @param units those in which something differs, by id
 * @param keep class files of the base that share the name of a class that is redefined elsewhere, and stay as they are
 * @param files by path
 * @param effects methods of new classes that are run in the JVM; their units are ids of {@code units}
 * @param only what was selected of the target, as the user wrote it; empty for all of it
 * @param changedLayers bytes, as stored, of the target's layers that the base has not
 * @param layers of the target image, from the bottom up; empty if no deltas were made
 */
public record PatchPlan(
        Origin base,
        Origin target,
        List<UnitPlan> units,
        List<Kept> keep,
        List<FileChange> files,
        List<Effect> effects,
        List<String> only,
        long changedLayers,
        List<LayerPlan> layers) {
    /**
     * A class file that stays.
     *
     * @param name internal name
     * @param digest of the class file
     */
    public record Kept(String name, Digest digest) {}

    /**
     * A class that is blocked, with the reason.
     *
     * @param where the class, or the path of a file
     */
    public record Blocked(String where, Reason reason) {}

    public PatchPlan {
        units = List.copyOf(units);
        keep = List.copyOf(keep);
        files = List.copyOf(files);
        effects = List.copyOf(effects);
        only = List.copyOf(only);
        layers = List.copyOf(layers);
    }

    /** A plan of the whole target, without effects and layer deltas. */
    public PatchPlan(
            Origin base,
            Origin target,
            List<UnitPlan> units,
            List<Kept> keep,
            List<FileChange> files,
            long changedLayers) {
        this(base, target, units, keep, files, List.of(), List.of(), changedLayers, List.of());
    }

    /** The same plan with these effects. */
    public PatchPlan withEffects(List<Effect> wanted) {
        return new PatchPlan(base, target, units, keep, files, wanted, only, changedLayers, layers);
    }

    /** The same plan with these units. */
    public PatchPlan withUnits(List<UnitPlan> wanted) {
        return new PatchPlan(base, target, wanted, keep, files, effects, only, changedLayers, layers);
    }

    /** The same plan with these layers. */
    public PatchPlan withLayers(List<LayerPlan> wanted) {
        return new PatchPlan(base, target, units, keep, files, effects, only, changedLayers, wanted);
    }

    public Stream<ClassChange> classes() {
        return units.stream().flatMap(unit -> unit.classes().stream());
    }

    /** How many classes have one of these decisions. */
    public int count(Decision first, Decision... more) {
        EnumSet<Decision> wanted = EnumSet.of(first, more);
        return (int)
                classes().filter(change -> wanted.contains(change.decision())).count();
    }

    /** Everything that cannot go live and that running code depends on. */
    public List<Blocked> blocked() {
        List<Blocked> blocked = new ArrayList<>();
        classes()
                .filter(change -> change.decision() == Decision.BLOCKED)
                .forEach(change -> change.reasons().forEach(reason -> blocked.add(new Blocked(change.name(), reason))));
        files.stream()
                .filter(file -> file.decision() == FileChange.FileDecision.BLOCKED)
                .forEach(file -> blocked.add(new Blocked(file.path(), file.reason())));
        return blocked;
    }

    /** What goes live but perhaps without effect, by place. */
    public List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        classes()
                .filter(change -> change.decision() != Decision.BLOCKED)
                .forEach(change -> change.reasons().stream()
                        .filter(Reason::isWarning)
                        .forEach(reason -> warnings.add(new Warning(change.name(), reason))));
        files.stream()
                .filter(file -> file.decision() == FileChange.FileDecision.RESOURCE)
                .forEach(file -> warnings.add(new Warning(file.path(), file.reason())));
        warnings.sort(Comparator.comparing(Warning::where));
        return warnings;
    }

    /** What the plan comes to. */
    public Verdict verdict() {
        if (!blocked().isEmpty()) {
            return Verdict.RESTART;
        }
        boolean live = count(Decision.REDEFINE, Decision.LIFT, Decision.NEW_CLASS) > 0;
        boolean warned = !warnings().isEmpty();
        if (live) {
            return warned ? Verdict.LIVE_WITH_WARNINGS : Verdict.LIVE;
        }
        if (!only.isEmpty()) {
            // What is left out is not a reason to restart.
            return Verdict.IDENTICAL;
        }
        // Nothing goes into a JVM: only resources differ, if anything that matters does.
        return warned ? Verdict.RESTART : Verdict.IDENTICAL;
    }
}
