package dev.hotpatch.differ.align;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.MethodNode;

/** Pairs lambdas and accessors of classes that are paired: equal ones first, then changed ones of the same method. */
final class MethodPairs {
    /** How many instructions of a lambda must be equal where the method has several that may be meant. */
    private static final double ALIKE = 0.6;

    private final Colours colours;
    private final Buckets buckets;
    private final Remapper names;
    private final List<Entity> before = new ArrayList<>();
    private final List<Entity> after = new ArrayList<>();

    /** What a class of the base is called in both sides' keys. */
    private final Map<ClassUnit, String> classes = new HashMap<>();

    private final Map<ClassUnit, Boolean> targets = new HashMap<>();

    /**
     * Starts with no pair.
     *
     * @param names of classes, from target to base
     */
    MethodPairs(Colours colours, Buckets buckets, Remapper names) {
        this.colours = colours;
        this.buckets = buckets;
        this.names = names;
    }

    void add(ClassUnit base, ClassUnit target) {
        classes.put(base, base.node.name);
        classes.put(target, base.node.name);
        targets.put(target, true);
        before.addAll(ordered(base));
        after.addAll(ordered(target));
    }

    void find() {
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        Buckets.Key serialisable = method -> NumberedNames.isSerialisable(method.name())
                ? List.of(where(method), method.name(), desc(method), isStatic(method))
                : List.of();
        buckets.inOrder(before, after, serialisable, serialisable);
        List<Runnable> steps = List.of(
                () -> equal(method -> List.of(method.name())),
                () -> equal(method -> List.of(NumberedNames.enclosing(method.name()), method.field)),
                this::changed,
                () -> equal(method -> List.of("anywhere")));
        colours.refine();
        for (int step = 0; step < steps.size(); ) {
            int known = buckets.pairs();
            steps.get(step).run();
            if (buckets.pairs() == known) {
                step++;
            } else {
                colours.refine();
                step = 0;
            }
        }
    }

    private void equal(Buckets.Key key) {
        int known = buckets.pairs();
        for (boolean settled : new boolean[] {true, false}) {
            Buckets.Key whole = method -> settled && !isSettled(method)
                    ? List.of()
                    : List.of(where(method), method.colour, desc(method), key.apply(method));
            buckets.inOrder(before, after, whole, whole);
            if (buckets.pairs() > known) {
                return;
            }
        }
    }

    private void changed() {
        Buckets.Key key = method -> method.kind == Entity.Kind.LAMBDA
                ? List.of(
                        where(method),
                        NumberedNames.enclosing(method.name()),
                        method.field,
                        desc(method),
                        isStatic(method))
                : List.of();
        buckets.alike(before, after, key, key, ALIKE, (base, target) -> true, 0);
    }

    private String where(Entity method) {
        return classes.getOrDefault(method.owner, "");
    }

    /** The descriptor in the names of the base. */
    private String desc(Entity entity) {
        String desc = node(entity).desc;
        return targets.containsKey(entity.owner) ? names.mapMethodDesc(desc) : desc;
    }

    private static boolean isStatic(Entity entity) {
        return (node(entity).access & Opcodes.ACC_STATIC) != 0;
    }

    private static boolean isSettled(Entity entity) {
        return entity.owner.methods.getOrDefault(entity, Entity.NONE).holes().stream()
                .allMatch(hole -> hole.method == null || hole.isPaired());
    }

    private static MethodNode node(Entity entity) {
        if (entity.method == null) {
            throw new IllegalArgumentException(entity.name() + " is no method");
        }
        return entity.method;
    }

    private static List<Entity> ordered(ClassUnit unit) {
        List<Entity> methods = new ArrayList<>(unit.methods.keySet());
        methods.sort((left, right) ->
                NumberedNames.NATURAL.compare(left.name() + node(left).desc, right.name() + node(right).desc));
        return methods;
    }
}
