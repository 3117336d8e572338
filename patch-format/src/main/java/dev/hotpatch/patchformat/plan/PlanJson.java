package dev.hotpatch.patchformat.plan;

import dev.hotpatch.patchformat.oci.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan as JSON values: the config of a patch, and the detail of what {@code explain} prints. */
public final class PlanJson {
    private PlanJson() {}

    public static Map<String, Object> write(PatchPlan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("base", origin(plan.base()));
        json.put("target", origin(plan.target()));
        json.put("verdict", plan.verdict().word());
        if (!plan.only().isEmpty()) {
            json.put("only", plan.only());
        }
        json.put("changedLayers", plan.changedLayers());
        json.put("units", plan.units().stream().map(PlanJson::unit).toList());
        json.put("keep", plan.keep().stream().map(PlanJson::kept).toList());
        json.put("files", plan.files().stream().map(PlanJson::file).toList());
        if (!plan.effects().isEmpty()) {
            json.put("effects", plan.effects().stream().map(PlanJson::effect).toList());
        }
        if (!plan.layers().isEmpty()) {
            json.put("layers", plan.layers().stream().map(PlanJson::layer).toList());
        }
        return json;
    }

    private static Map<String, Object> origin(Origin origin) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", origin.kind() == Origin.Kind.IMAGE ? "image" : "library");
        json.put("title", origin.title());
        json.put("digest", origin.digest().toString());
        origin.config().ifPresent(digest -> json.put("config", digest.toString()));
        origin.index().ifPresent(digest -> json.put("index", digest.toString()));
        origin.platform().ifPresent(platform -> json.put("platform", platform.toString()));
        return json;
    }

    private static Map<String, Object> unit(UnitPlan unit) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", unit.id());
        json.put("base", unit.basePath());
        json.put("target", unit.targetPath());
        json.put("classes", unit.classes().stream().map(PlanJson::change).toList());
        return json;
    }

    private static Map<String, Object> change(ClassChange change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", change.name());
        if (!change.releases().isAll()) {
            json.put("releases", change.releases().text());
        }
        json.put("decision", change.decision().word());
        change.oldDigest().map(Digest::hex).ifPresent(hex -> json.put("old", hex));
        change.newDigest().map(Digest::hex).ifPresent(hex -> json.put("new", hex));
        if (!change.units().isEmpty()) {
            json.put("units", change.units());
        }
        if (!change.reasons().isEmpty()) {
            json.put("reasons", change.reasons().stream().map(PlanJson::reason).toList());
        }
        return json;
    }

    private static Map<String, Object> kept(PatchPlan.Kept kept) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", kept.name());
        json.put("digest", kept.digest().hex());
        return json;
    }

    private static Map<String, Object> file(FileChange file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", file.path());
        json.put("decision", file.decision().word());
        json.put("reason", reason(file.reason()));
        return json;
    }

    private static Map<String, Object> effect(Effect effect) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", effect.kind().word());
        json.put("name", effect.className());
        json.put("method", effect.method());
        json.put("units", effect.units());
        return json;
    }

    private static Map<String, Object> layer(LayerPlan layer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("digest", layer.digest().toString());
        json.put("size", layer.size());
        json.put("diffId", layer.diffId().toString());
        json.put("decision", layer.decision().word());
        layer.reason().ifPresent(reason -> json.put("reason", reason(reason)));
        return json;
    }

    /** A reason as {@code code}, {@code member} (if any) and {@code text}. */
    public static Map<String, Object> reason(Reason reason) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", reason.code());
        if (!reason.member().isEmpty()) {
            json.put("member", reason.member());
        }
        json.put("text", reason.text());
        return json;
    }

    /** The short form that {@code build --json} and {@code explain --json} have in common. */
    public static Map<String, Object> summary(PatchPlan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("verdict", plan.verdict().word());
        Map<String, Object> classes = new LinkedHashMap<>();
        classes.put("changed", plan.count(Decision.REDEFINE, Decision.LIFT, Decision.BLOCKED));
        classes.put("noise", plan.count(Decision.NOISE));
        classes.put("redefine", plan.count(Decision.REDEFINE));
        classes.put("lifted", plan.count(Decision.LIFT));
        classes.put("new", plan.count(Decision.NEW_CLASS));
        classes.put("removed", plan.count(Decision.REMOVED));
        classes.put("blocked", plan.count(Decision.BLOCKED));
        json.put("classes", classes);
        List<Map<String, Object>> blocked = new ArrayList<>();
        for (PatchPlan.Blocked entry : plan.blocked()) {
            blocked.add(place("class", entry.where(), entry.reason()));
        }
        json.put("blocked", blocked);
        List<Map<String, Object>> warnings = new ArrayList<>();
        for (Warning warning : plan.warnings()) {
            warnings.add(place("where", warning.where(), warning.reason()));
        }
        json.put("warnings", warnings);
        return json;
    }

    private static Map<String, Object> place(String key, String where, Reason reason) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(key, where);
        json.put("member", reason.member());
        json.put("reason", reason.code());
        json.put("text", reason.text());
        return json;
    }
}
