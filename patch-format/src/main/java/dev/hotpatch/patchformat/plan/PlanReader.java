package dev.hotpatch.patchformat.plan;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Platform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what {@link PlanJson} writes, from bytes that anybody may have made. */
public final class PlanReader {
    /** Units in a plan. */
    public static final int MAX_UNITS = 65_535;

    /** Classes in one unit, and kept class files. */
    public static final int MAX_CLASSES = 1 << 20;

    /** Effects in a plan. */
    public static final int MAX_EFFECTS = 65_535;

    private static final int MAX_FILES = 1 << 20;
    private static final int MAX_LAYERS = 1024;
    private static final int MAX_ONLY = 65_535;
    private static final int MAX_REASONS = 65_535;
    private static final int MAX_NAME = 65_535;
    private static final int MAX_PATH = 65_535;
    private static final int MAX_RELEASES = 7;

    private PlanReader() {}

    public static PatchPlan read(JsonObject json) throws JsonException {
        List<UnitPlan> units = new ArrayList<>();
        int previous = -1;
        for (JsonObject unit : json.objects("units", MAX_UNITS)) {
            UnitPlan plan = unit(unit);
            if (plan.id() <= previous) {
                throw new JsonException(
                        "patch config.units: ids must ascend, found " + plan.id() + " after " + previous);
            }
            previous = plan.id();
            units.add(plan);
        }
        List<PatchPlan.Kept> keep = new ArrayList<>();
        for (JsonObject kept : json.objects("keep", MAX_CLASSES)) {
            kept.onlyFields(Set.of("name", "digest"));
            keep.add(new PatchPlan.Kept(
                    name(kept),
                    hex(kept, "digest").orElseThrow(() -> new JsonException("patch config.keep.digest: missing"))));
        }
        List<FileChange> files = new ArrayList<>();
        for (JsonObject file : json.objects("files", MAX_FILES)) {
            files.add(file(file));
        }
        PatchPlan plan = new PatchPlan(
                origin(json.object("base")),
                origin(json.object("target")),
                units,
                keep,
                files,
                effects(json, units),
                json.has("only") ? json.strings("only", MAX_ONLY, MAX_PATH) : List.of(),
                json.number("changedLayers", 0, Long.MAX_VALUE),
                layers(json));
        String verdict = json.string("verdict", 64);
        if (!verdict.equals(plan.verdict().word())) {
            throw new JsonException("patch config.verdict: says " + verdict + ", but its classes and files come to "
                    + plan.verdict().word());
        }
        return plan;
    }

    private static Origin origin(JsonObject json) throws JsonException {
        json.onlyFields(Set.of("kind", "title", "digest", "config", "index", "platform"));
        String kind = json.string("kind", 16);
        Optional<String> platform = json.optionalString("platform", 255);
        return new Origin(
                switch (kind) {
                    case "image" -> Origin.Kind.IMAGE;
                    case "library" -> Origin.Kind.LIBRARY;
                    default -> throw new JsonException("patch config.kind: expected image or library, found " + kind);
                },
                json.string("title", MAX_PATH),
                Descriptor.digest(json, "digest"),
                digest(json, "config"),
                digest(json, "index"),
                platform.isPresent() ? Optional.of(platform(platform.get())) : Optional.empty());
    }

    private static Platform platform(String text) throws JsonException {
        try {
            return Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw new JsonException("patch config.platform: " + e.getMessage());
        }
    }

    private static UnitPlan unit(JsonObject json) throws JsonException {
        json.onlyFields(Set.of("id", "base", "target", "classes"));
        List<ClassChange> classes = new ArrayList<>();
        Map<String, List<Releases>> seen = new HashMap<>();
        for (JsonObject change : json.objects("classes", MAX_CLASSES)) {
            ClassChange read = change(change);
            List<Releases> others = seen.computeIfAbsent(read.name(), any -> new ArrayList<>());
            if (others.stream().anyMatch(read.releases()::overlap)) {
                throw new JsonException("patch config.units.classes: " + read.name() + " is there twice");
            }
            others.add(read.releases());
            classes.add(read);
        }
        return new UnitPlan(
                (int) json.number("id", 0, MAX_UNITS),
                json.string("base", MAX_PATH),
                json.string("target", MAX_PATH),
                classes);
    }

    private static ClassChange change(JsonObject json) throws JsonException {
        json.onlyFields(Set.of("name", "releases", "decision", "old", "new", "units", "reasons"));
        String name = name(json);
        Decision decision = decision(json.string("decision", 32));
        List<Reason> reasons = new ArrayList<>();
        for (JsonObject reason : json.objects("reasons", MAX_REASONS)) {
            reasons.add(reason(reason));
        }
        Optional<Digest> oldDigest = hex(json, "old");
        Optional<Digest> newDigest = hex(json, "new");
        // What is blocked may be new, or gone and still in use.
        boolean either = decision == Decision.BLOCKED && (oldDigest.isPresent() || newDigest.isPresent());
        if (!either && oldDigest.isEmpty() != (decision == Decision.NEW_CLASS)) {
            throw missing("units.classes.old", name, decision);
        }
        if (!either && newDigest.isEmpty() && decision != Decision.REMOVED) {
            throw missing("units.classes.new", name, decision);
        }
        return new ClassChange(
                name,
                releases(json),
                decision,
                oldDigest,
                newDigest,
                json.numbers("units", MAX_UNITS, 0, MAX_UNITS),
                reasons);
    }

    private static Releases releases(JsonObject json) throws JsonException {
        Optional<String> text = json.optionalString("releases", MAX_RELEASES);
        try {
            return text.map(Releases::parse).orElse(Releases.ALL);
        } catch (IllegalArgumentException e) {
            throw new JsonException("patch config.units.classes.releases: " + e.getMessage());
        }
    }

    private static Decision decision(String word) throws JsonException {
        for (Decision decision : Decision.values()) {
            if (decision.word().equals(word)) {
                return decision;
            }
        }
        throw new JsonException("patch config.units.classes.decision: unknown decision " + word);
    }

    private static FileChange file(JsonObject json) throws JsonException {
        json.onlyFields(Set.of("path", "decision", "reason"));
        String word = json.string("decision", 32);
        for (FileChange.FileDecision decision : FileChange.FileDecision.values()) {
            if (decision.word().equals(word)) {
                return new FileChange(json.string("path", MAX_PATH), decision, reason(json.object("reason")));
            }
        }
        throw new JsonException("patch config.files.decision: unknown decision " + word);
    }

    private static List<Effect> effects(JsonObject json, List<UnitPlan> units) throws JsonException {
        Set<String> news = new HashSet<>();
        for (UnitPlan unit : units) {
            for (ClassChange change : unit.classes()) {
                if (change.decision() == Decision.NEW_CLASS) {
                    news.add(change.name());
                }
            }
        }
        List<Effect> effects = new ArrayList<>();
        for (JsonObject effect : json.objects("effects", MAX_EFFECTS)) {
            effect.onlyFields(Set.of("kind", "name", "method", "units"));
            String method = effect.string("method", MAX_NAME);
            String name = name(effect);
            if (!news.contains(name) || !Effect.canName(method)) {
                throw new JsonException("patch config.effects: " + name + " is no new class, or its method has a name"
                        + " that no method has");
            }
            effects.add(new Effect(kind(effect), name, method, effect.numbers("units", MAX_UNITS, 0, MAX_UNITS)));
        }
        return effects;
    }

    private static Effect.Kind kind(JsonObject effect) throws JsonException {
        try {
            return Effect.Kind.of(effect.string("kind", 16));
        } catch (IllegalArgumentException e) {
            throw new JsonException("patch config.effects.kind: " + e.getMessage());
        }
    }

    private static List<LayerPlan> layers(JsonObject json) throws JsonException {
        List<LayerPlan> layers = new ArrayList<>();
        for (JsonObject layer : json.objects("layers", MAX_LAYERS)) {
            layer.onlyFields(Set.of("digest", "size", "diffId", "decision", "reason"));
            Optional<JsonObject> reason = layer.optionalObject("reason");
            layers.add(new LayerPlan(
                    Descriptor.digest(layer, "digest"),
                    layer.number("size", 0, Descriptor.MAX_SIZE),
                    Descriptor.digest(layer, "diffId"),
                    layerDecision(layer),
                    reason.isPresent() ? Optional.of(reason(reason.get())) : Optional.empty()));
        }
        return layers;
    }

    private static LayerDecision layerDecision(JsonObject layer) throws JsonException {
        try {
            return LayerDecision.of(layer.string("decision", 16));
        } catch (IllegalArgumentException e) {
            throw new JsonException("patch config.layers.decision: " + e.getMessage());
        }
    }

    private static Reason reason(JsonObject json) throws JsonException {
        json.onlyFields(Set.of("code", "member", "text"));
        return new Reason(
                json.string("code", 64),
                json.optionalString("member", 2 * MAX_NAME).orElse(""),
                json.string("text", 4 * MAX_NAME));
    }

    private static String name(JsonObject json) throws JsonException {
        String name = json.string("name", MAX_NAME);
        if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
            throw new JsonException("patch config: a class name is empty or has control characters");
        }
        return name;
    }

    private static Optional<Digest> digest(JsonObject json, String field) throws JsonException {
        return json.has(field) ? Optional.of(Descriptor.digest(json, field)) : Optional.empty();
    }

    private static Optional<Digest> hex(JsonObject json, String field) throws JsonException {
        Optional<String> text = json.optionalString(field, 64);
        try {
            return text.map(Digest::new);
        } catch (IllegalArgumentException e) {
            throw new JsonException("patch config.units.classes." + field + ": " + e.getMessage());
        }
    }

    private static JsonException missing(String field, String name, Decision decision) {
        return new JsonException("patch config." + field + ": missing or not allowed for " + name
                + ", whose decision is " + decision.word());
    }
}
