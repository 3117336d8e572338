package dev.hotpatch.cli;

import dev.hotpatch.patchformat.patch.Patch;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Effect;
import dev.hotpatch.patchformat.plan.FileChange;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.PlanJson;
import dev.hotpatch.patchformat.plan.Reason;
import dev.hotpatch.patchformat.plan.UnitPlan;
import dev.hotpatch.patchformat.plan.Warning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan for people and for programs. */
final class PlanPrinter {
    private static final int SHOWN = 20;
    private static final int NOTES = 3;
    private static final String INDENT = "\n            ";

    private PlanPrinter() {}

    /**
     * What {@code build} and {@code explain} have in common.
     *
     * @param patch absent if none was made; sizes are null then, which says "not computed", as 0 would not
     */
    static Map<String, Object> json(PatchPlan plan, Optional<Patch> patch) {
        Map<String, Object> json = new LinkedHashMap<>(PlanJson.summary(plan));
        Map<String, Object> size = new LinkedHashMap<>();
        size.put("live", patch.map(Patch::liveSize).orElse(null));
        size.put("layerDelta", patch.map(Patch::deltaSize).orElse(null));
        size.put("changedLayers", plan.changedLayers());
        json.put("size", size);
        return json;
    }

    static List<String> lines(PatchPlan plan, Optional<Patch> patch, boolean all) {
        List<String> lines = new ArrayList<>();
        lines.add("verdict: " + plan.verdict().word());
        lines.add("base:    " + plan.base().title() + "  " + plan.base().digest());
        lines.add("target:  " + plan.target().title() + "  " + plan.target().digest());
        lines.add(String.format(
                Locale.ROOT,
                "classes: %d changed (%d redefine, %d lifted, %d blocked), %d new, %d removed, %d noise",
                plan.count(Decision.REDEFINE, Decision.LIFT, Decision.BLOCKED),
                plan.count(Decision.REDEFINE),
                plan.count(Decision.LIFT),
                plan.count(Decision.BLOCKED),
                plan.count(Decision.NEW_CLASS),
                plan.count(Decision.REMOVED),
                plan.count(Decision.NOISE)));
        Map<String, Integer> lifts = lifts(plan);
        if (!lifts.isEmpty()) {
            lines.add("lifts:   "
                    + lifts.entrySet().stream()
                            .map(kind -> kind.getValue() + " " + kind.getKey())
                            .collect(Collectors.joining(", ")));
        }
        plan.only().forEach(pattern -> lines.add("only:    " + pattern));
        if (!plan.only().isEmpty()) {
            lines.add("taken:   " + taken(plan));
        }
        for (UnitPlan unit : plan.units()) {
            unit(lines, unit, all);
        }
        section(
                lines,
                "effects:",
                plan.effects().stream().map(PlanPrinter::effect).toList(),
                all);
        section(
                lines,
                "blocked:",
                plan.blocked().stream().map(PlanPrinter::blocked).toList(),
                true);
        section(
                lines,
                "warnings:",
                plan.warnings().stream().map(PlanPrinter::warning).toList(),
                all);
        section(lines, "layers:", LayerLines.of(plan, patch), all);
        if (all) {
            section(
                    lines,
                    "without bearing on running code:",
                    plan.files().stream()
                            .filter(file -> file.decision() == FileChange.FileDecision.INERT)
                            .map(FileChange::path)
                            .toList(),
                    true);
        }
        return lines;
    }

    private static void unit(List<String> lines, UnitPlan unit, boolean all) {
        List<String> shown = unit.classes().stream()
                .filter(change -> all || change.decision() != Decision.NOISE)
                .map(change -> change(change, all))
                .toList();
        if (!shown.isEmpty()) {
            String path = unit.basePath().isEmpty() ? unit.targetPath() + " (new)" : unit.basePath();
            section(lines, path, shown, all);
        }
    }

    private static void section(List<String> lines, String title, List<String> entries, boolean all) {
        if (entries.isEmpty()) {
            return;
        }
        lines.add(title);
        entries.stream().limit(all ? Integer.MAX_VALUE : SHOWN).forEach(entry -> lines.add("  " + entry));
        if (!all && entries.size() > SHOWN) {
            lines.add("  … and " + (entries.size() - SHOWN) + " more; --all shows them");
        }
    }

    /** How often each kind of lift is used. */
    private static Map<String, Integer> lifts(PatchPlan plan) {
        Map<String, Integer> kinds = new TreeMap<>();
        plan.classes()
                .flatMap(change -> change.reasons().stream())
                .filter(reason -> reason.code().startsWith(Reason.LIFTED))
                .forEach(reason -> kinds.merge(reason.code().substring(Reason.LIFTED.length()), 1, Integer::sum));
        return kinds;
    }

    /** How much of a selection is what the user named. */
    private static String taken(PatchPlan plan) {
        Decision[] live = {Decision.LIFT, Decision.NEW_CLASS};
        long needed = plan.classes()
                .filter(change -> change.reasons().stream()
                        .anyMatch(reason -> reason.code().equals(Reason.NEEDED_BY)))
                .count();
        return plan.count(Decision.REDEFINE, live) + " classes, of them " + needed
                + " because others need them (needed-by), wholly or in part";
    }

    private static String effect(Effect effect) {
        return String.format(
                Locale.ROOT,
                "%-9s %s#%s()",
                effect.kind().word(),
                effect.className().replace('/', '.'),
                effect.method());
    }

    /** The class, and below it why it is there and how it goes live; one entry, as sections count entries. */
    private static String change(ClassChange change, boolean all) {
        StringBuilder text = new StringBuilder(line(change));
        List<Reason> notes = change.reasons().stream()
                .filter(reason -> !reason.isWarning() && change.decision() != Decision.BLOCKED)
                .toList();
        for (Reason note : notes.subList(0, all ? notes.size() : Math.min(NOTES, notes.size()))) {
            text.append(INDENT)
                    .append(note.code())
                    .append(note.member().isEmpty() ? "" : " " + note.member())
                    .append(": ")
                    .append(note.text());
        }
        if (!all && notes.size() > NOTES) {
            text.append(INDENT).append("… and ").append(notes.size() - NOTES).append(" more; --all shows them");
        }
        return text.toString();
    }

    private static String line(ClassChange change) {
        return String.format(
                Locale.ROOT,
                "%-9s %s%s",
                change.decision().word(),
                change.name().replace('/', '.'),
                change.releases().isAll() ? "" : " (Java " + change.releases().text() + ")");
    }

    private static String blocked(PatchPlan.Blocked blocked) {
        return place(blocked.where(), blocked.reason());
    }

    private static String warning(Warning warning) {
        return place(warning.where(), warning.reason());
    }

    private static String place(String where, Reason reason) {
        String member = reason.member().isEmpty() ? "" : " " + reason.member();
        return where + member + ": " + reason.code() + ": " + reason.text();
    }
}
