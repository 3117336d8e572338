package dev.hotpatch.differ.effects;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.plan.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An entry of a file with effects.
 *
 * @param unit where its class goes: a part of a unit's path, or the name of a class that the unit patches; empty to find out
 * @param className internal name of the class that has the methods, or of the one that {@code action} is about
 * @param methods for a class of the patch: what is run when
 * @param action {@code clear}, {@code set-null} or {@code call}; empty for a class of the patch
 * @param member for an action: the field or method
 */
record Declaration(String unit, String className, Map<Effect.Kind, String> methods, String action, String member) {
    private static final int MAX = 10_000;
    private static final int MAX_NAME = 65_535;
    private static final List<String> ACTIONS = List.of("clear", "set-null", "call");

    Declaration {
        methods = Map.copyOf(methods);
    }

    /** Reads <code>{"effects": […]}</code>. */
    static List<Declaration> read(byte[] bytes, String what) throws JsonException {
        JsonObject file = JsonObject.parse(bytes, what);
        file.onlyFields(Set.of("effects"));
        List<Declaration> all = new ArrayList<>();
        for (JsonObject entry : file.objects("effects", MAX)) {
            all.add(entry(entry, what));
        }
        return all;
    }

    private static Declaration entry(JsonObject entry, String what) throws JsonException {
        String unit = entry.optionalString("unit", MAX_NAME).orElse("");
        for (String action : ACTIONS) {
            Optional<String> named = entry.optionalString(action, MAX_NAME);
            if (named.isPresent()) {
                entry.onlyFields(Set.of("unit", action));
                String text = named.get();
                int hash = text.indexOf('#');
                String member = text.substring(hash + 1).replaceAll("\\(\\)$", "");
                if (hash <= 0 || member.isEmpty()) {
                    throw new JsonException(what + ": " + action + ": expected CLASS#MEMBER, found " + text);
                }
                return new Declaration(unit, internal(text.substring(0, hash)), Map.of(), action, member);
            }
        }
        entry.onlyFields(Set.of("unit", "class", "apply", "rollback", "probe"));
        Map<Effect.Kind, String> methods = new TreeMap<>();
        for (Effect.Kind kind : List.of(Effect.Kind.APPLY, Effect.Kind.PROBE, Effect.Kind.ROLLBACK)) {
            entry.optionalString(kind.word(), MAX_NAME).ifPresent(method -> methods.put(kind, method));
        }
        if (methods.isEmpty()) {
            throw new JsonException(what
                    + ": an entry has none of apply, probe, rollback, clear, set-null and call, so nothing is run");
        }
        return new Declaration(unit, internal(entry.string("class", MAX_NAME)), methods, "", "");
    }

    private static String internal(String name) {
        return name.replace('.', '/');
    }
}
