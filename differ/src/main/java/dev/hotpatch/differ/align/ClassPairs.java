package dev.hotpatch.differ.align;

import dev.hotpatch.differ.classes.MemberText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/**
 * Pairs the numbered classes of a group: equal ones of the same method, then changed ones of the same method, then equal ones wherever
 * they are, then changed ones that were moved. A pair tells more about what mentions it, hence the rounds.
 */
final class ClassPairs {
    private static final int KIND = Opcodes.ACC_INTERFACE | Opcodes.ACC_ENUM | Opcodes.ACC_ANNOTATION;

    /** How much of a changed class must be equal: among several of the same method, for the only one, and in another method. */
    private static final double SAME_METHOD = 0.5;

    private static final double ONLY_ONE = 0.3;
    private static final double OTHER_METHOD = 0.75;

    private final Side base;
    private final Side target;
    private final Colours colours;
    private final Buckets buckets;
    private final List<Entity> before;
    private final List<Entity> after;

    ClassPairs(Side base, Side target, Colours colours, Buckets buckets) {
        this.base = base;
        this.target = target;
        this.colours = colours;
        this.buckets = buckets;
        this.before = base.numberedClasses();
        this.after = target.numberedClasses();
    }

    void find() {
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        List<Runnable> steps = List.of(
                () -> equalIn(entity -> List.of(entity.name(), method(entity, true))),
                () -> equalIn(entity -> List.of(method(entity, true))),
                () -> equalIn(entity -> List.of(method(entity, false))),
                this::sameConstant,
                () -> changed(entity -> List.of(method(entity, true)), SAME_METHOD, ONLY_ONE),
                () -> changed(entity -> List.of(method(entity, false)), SAME_METHOD, SAME_METHOD),
                () -> equalIn(entity -> List.of(entity.name())),
                () -> equalIn(entity -> List.of("anywhere")),
                () -> changed(entity -> List.of("any"), OTHER_METHOD, OTHER_METHOD));
        colours.refine();
        for (int step = 0; step < steps.size(); ) {
            int known = buckets.pairs();
            steps.get(step).run();
            if (buckets.pairs() == known) {
                step++;
            } else {
                members();
                colours.refine();
                step = 0;
            }
        }
    }

    /** Equal classes with the same key; first those that mention nothing that is still open. */
    private void equalIn(Buckets.Key key) {
        int known = buckets.pairs();
        for (boolean settled : new boolean[] {true, false}) {
            Buckets.Key whole = entity -> entity.kind == Entity.Kind.MEMBER || (settled && !isSettled(entity))
                    ? List.of()
                    : List.of(entity.colour, key.apply(entity));
            buckets.inOrder(before, after, whole, whole);
            if (buckets.pairs() > known) {
                return;
            }
        }
    }

    /** What is made once and kept in a constant is the same thing, however much of it has changed. */
    private void sameConstant() {
        Buckets.Key place =
                place(entity -> entity.field.startsWith(Side.STATIC) ? List.of(method(entity, true)) : List.of());
        buckets.inOrder(before, after, place, place);
    }

    private void changed(Buckets.Key key, double atLeast, double alone) {
        Buckets.Key place = place(key);
        buckets.alike(before, after, place, place, atLeast, ClassPairs::isPossible, alone);
    }

    /** What must be the same for one class to become the other, and the key. */
    private Buckets.Key place(Buckets.Key key) {
        return entity -> {
            String outer = inBase(entity, entity.owner.outerClass());
            List<Object> own = key.apply(entity);
            if (entity.kind != Entity.Kind.CLASS || outer == null || own.isEmpty()) {
                return List.of();
            }
            Set<String> interfaces = new TreeSet<>();
            entity.owner.node.interfaces.forEach(name -> interfaces.add(String.valueOf(inBase(entity, name))));
            return List.of(
                    own,
                    outer,
                    entity.owner.simpleName(),
                    String.valueOf(inBase(entity, String.valueOf(entity.owner.node.superName))),
                    interfaces,
                    entity.owner.node.access & KIND);
        };
    }

    /** Named members of a numbered class go with it. */
    private void members() {
        for (Entity entity : after) {
            if (entity.kind == Entity.Kind.MEMBER && !entity.isPaired()) {
                String outer = inBase(entity, entity.owner.parent);
                Entity same = outer == null ? null : base.classEntity(outer + '$' + entity.owner.rest);
                if (same != null && same.kind == Entity.Kind.MEMBER && !same.isPaired()) {
                    buckets.pair(same, entity);
                }
            }
        }
    }

    private static boolean isSettled(Entity entity) {
        return entity.owner.members.stream()
                .flatMap(body -> body.holes().stream())
                .allMatch(hole -> hole.method != null || hole.isPaired());
    }

    /** Where the class is: its outer class as the base calls it, and the method. */
    private Object method(Entity entity, boolean exactly) {
        String outer = inBase(entity, entity.owner.outerClass());
        String desc = exactly ? String.valueOf(entity.owner.node.outerMethodDesc) : "";
        return List.of(outer == null ? "" : outer, entity.owner.enclosingMethod(), desc, entity.field);
    }

    /** What the base calls a class that is mentioned by {@code from}; null if that is not known (yet). */
    private @Nullable String inBase(Entity from, String name) {
        if (base.classes.get(from.name()) == from.owner) {
            return name;
        }
        Entity entity = target.classEntity(name);
        if (entity == null) {
            return name;
        }
        return entity.partner == null ? null : entity.partner.name();
    }

    /** At least half of what can be called must be the same. */
    private static boolean isPossible(Entity base, Entity target) {
        Set<String> before = methods(base);
        Set<String> after = methods(target);
        Set<String> all = new HashSet<>(before);
        all.addAll(after);
        before.retainAll(after);
        return 2 * before.size() >= all.size();
    }

    private static Set<String> methods(Entity entity) {
        Set<String> ids = new HashSet<>();
        for (MethodNode method : entity.owner.node.methods) {
            if ((method.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)) == 0 && !method.name.startsWith("<")) {
                ids.add(MemberText.id(method));
            }
        }
        return ids;
    }
}
