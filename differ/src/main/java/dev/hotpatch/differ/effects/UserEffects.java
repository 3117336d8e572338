package dev.hotpatch.differ.effects;

import dev.hotpatch.differ.companion.EffectCompanion;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Effect;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.UnitPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/** What a user's effects come to for one plan: more new classes, and what is run of them. For one thread. */
public final class UserEffects {
    /** What is known of the patch and its base. */
    public interface Patch {
        PatchPlan plan();

        /** A class file of the patch. */
        byte[] classFile(Digest digest) throws IOException;

        /** Class files of the base, by the path of the unit that has them. */
        SortedMap<String, byte[]> baseClasses(String name) throws IOException;
    }

    /**
     * A class that is added.
     *
     * @param name internal name
     * @param units ids of the units, ascending
     */
    public record Added(String name, byte[] classFile, List<Integer> units) {}

    /** What is added to a plan. */
    public record Result(List<Added> classes, List<Effect> effects) {}

    private final Patch patch;
    private final SortedMap<String, byte[]> own = new TreeMap<>();
    private final SortedMap<String, Added> added = new TreeMap<>();
    private final List<Effect> effects = new ArrayList<>();

    private UserEffects(Patch patch) {
        this.patch = patch;
    }

    /**
     * Reads and checks.
     *
     * @param sources jars or folders of classes, and JSON files of declarations, in any order
     * @throws IllegalArgumentException if one does not fit the patch; the message is for the user
     */
    public static Result of(Patch patch, List<Path> sources) throws IOException {
        UserEffects all = new UserEffects(patch);
        List<Declaration> declarations = new ArrayList<>();
        for (Path source : sources) {
            if (source.toString().endsWith(".json")) {
                declarations.addAll(Declaration.read(Files.readAllBytes(source), "--effects " + source));
            } else {
                all.own.putAll(EffectClasses.read(source));
            }
        }
        all.classes(declarations);
        SortedMap<String, List<Declaration>> actions = new TreeMap<>();
        for (Declaration declaration : declarations) {
            if (declaration.action().isEmpty()) {
                all.methods(declaration);
            } else {
                actions.computeIfAbsent(declaration.className() + "\t" + declaration.unit(), any -> new ArrayList<>())
                        .add(declaration);
            }
        }
        for (List<Declaration> ofClass : actions.values()) {
            all.actions(ofClass);
        }
        return new Result(List.copyOf(all.added.values()), List.copyOf(all.effects));
    }

    /** The user's classes, and those of their methods that are called as effects are. */
    private void classes(List<Declaration> declarations) {
        own.forEach((name, bytes) -> {
            ClassNode node = EffectMethods.read(name, bytes);
            Optional<Declaration> declared = declarations.stream()
                    .filter(each -> each.action().isEmpty() && each.className().equals(name))
                    .findFirst();
            if (isInPlan(name)) {
                throw new IllegalArgumentException("effect class " + node.name.replace('/', '.')
                        + " has the name of a class of the patch; call it otherwise");
            }
            List<Integer> units = units(name, declared.map(Declaration::unit).orElse(""));
            added.put(name, new Added(name, bytes, units));
            if (declared.isEmpty()) {
                EffectMethods.named(node).forEach((kind, method) -> effects.add(new Effect(kind, name, method, units)));
            }
        });
    }

    private boolean isInPlan(String name) {
        return patch.plan().classes().anyMatch(change -> change.name().equals(name));
    }

    private void methods(Declaration declaration) throws IOException {
        Added mine = added.get(declaration.className());
        List<Integer> units;
        byte[] bytes;
        if (mine != null) {
            units = mine.units();
            bytes = mine.classFile();
        } else {
            ClassChange change = patch.plan()
                    .classes()
                    .filter(each -> each.name().equals(declaration.className())
                            && each.decision() == Decision.NEW_CLASS
                            && !each.units().isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("effect: "
                            + declaration.className().replace('/', '.')
                            + " is neither a new class of the patch nor in a jar given with --effects"));
            units = change.units();
            bytes = patch.classFile(change.newDigest().orElseThrow());
        }
        ClassNode node = EffectMethods.read(declaration.className(), bytes);
        declaration.methods().forEach((kind, method) -> {
            EffectMethods.require(node, kind, method);
            effects.add(new Effect(kind, declaration.className(), method, units));
        });
    }

    private void actions(List<Declaration> declarations) throws IOException {
        String owner = declarations.get(0).className();
        SortedMap<String, byte[]> found = patch.baseClasses(owner);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "effect: the base has no class " + owner.replace('/', '.') + " that could be looked into");
        }
        String unit = declarations.get(0).unit();
        List<Integer> units = new ArrayList<>();
        for (UnitPlan each : patch.plan().units()) {
            if (unit.isEmpty() ? found.containsKey(each.basePath()) && redefines(each) : isNamed(each, unit)) {
                units.add(each.id());
            }
        }
        if (units.isEmpty()) {
            throw noUnit(owner, unit);
        }
        ClassNode node = EffectMethods.read(owner, found.values().iterator().next());
        StringBuilder text = new StringBuilder(owner);
        declarations.forEach(each -> text.append('\n').append(each.action()).append(each.member()));
        String name = owner + "$$hpe"
                + Digest.of(text.toString().getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, 8);
        EffectCompanion companion = new EffectCompanion(name, owner, (node.access & Opcodes.ACC_INTERFACE) != 0);
        for (Declaration each : declarations) {
            switch (each.action()) {
                case "clear" -> companion.clear(each.member(), EffectMethods.field(node, each.member(), false));
                case "set-null" -> companion.setNull(each.member(), EffectMethods.field(node, each.member(), true));
                default -> companion.call(each.member(), EffectMethods.method(node, each.member()));
            }
        }
        added.put(name, new Added(name, companion.toBytes(), units));
        effects.add(new Effect(Effect.Kind.APPLY, name, EffectCompanion.METHOD, units));
        effects.add(new Effect(Effect.Kind.ROLLBACK, name, EffectCompanion.METHOD, units));
    }

    /** By the user's word, or units that patch classes of the same package, or the only one that patches any. */
    private List<Integer> units(String name, String unit) {
        List<UnitPlan> candidates =
                patch.plan().units().stream().filter(UserEffects::redefines).toList();
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        List<UnitPlan> found = candidates.stream()
                .filter(each -> unit.isEmpty()
                        ? each.classes().stream()
                                .anyMatch(change -> change.name().startsWith(folder)
                                        && change.name().lastIndexOf('/') + 1 == folder.length())
                        : isNamed(each, unit))
                .toList();
        if (found.isEmpty() && unit.isEmpty() && candidates.size() == 1) {
            found = candidates;
        }
        if (found.isEmpty()) {
            throw noUnit(name, unit);
        }
        return found.stream().map(UnitPlan::id).toList();
    }

    private IllegalArgumentException noUnit(String name, String unit) {
        List<String> paths = patch.plan().units().stream()
                .filter(UserEffects::redefines)
                .map(UnitPlan::basePath)
                .toList();
        return new IllegalArgumentException("effect of " + name.replace('/', '.') + ": "
                + (unit.isEmpty() ? "it cannot be told which loaders it is for" : "no unit is called " + unit)
                + "; name one with \"unit\": the patch changes classes of " + String.join(", ", paths));
    }

    private static boolean isNamed(UnitPlan unit, String text) {
        String type = text.replace('.', '/');
        return redefines(unit)
                && (unit.basePath().contains(text)
                        || unit.classes().stream()
                                .anyMatch(change -> change.name().equals(type)));
    }

    private static boolean redefines(UnitPlan unit) {
        return unit.classes().stream()
                .anyMatch(change -> change.decision() == Decision.REDEFINE || change.decision() == Decision.LIFT);
    }
}
