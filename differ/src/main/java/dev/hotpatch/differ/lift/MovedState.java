package dev.hotpatch.differ.lift;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * Warns of added fields that seem to take over what a removed one was for: renamed, of another type, or moved to a class above or below. The
 * values that running code has in the old field are not carried over.
 */
final class MovedState {
    /** What the compiler makes is not anybody's state, and neither are the constants of an enum. */
    private static final int NO_STATE = Opcodes.ACC_SYNTHETIC | Opcodes.ACC_ENUM;

    private static final int CONSTANT = Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;

    private final Map<String, Delta> deltas = new HashMap<>();

    /** The classes that lose a field, by the field: large releases add many, and have many classes. */
    private final Map<MemberId, List<Delta>> losers = new HashMap<>();

    private MovedState(List<Delta> all) {
        for (Delta delta : all) {
            deltas.put(delta.name(), delta);
            delta.removed().stream()
                    .filter(member -> isState(member, delta.base()))
                    .forEach(member -> losers.computeIfAbsent(member, any -> new ArrayList<>())
                            .add(delta));
        }
    }

    static void plan(List<Delta> deltas, LiftPlan plan) {
        MovedState moved = new MovedState(deltas);
        for (Delta delta : deltas) {
            for (MemberId member : delta.added()) {
                if (isState(member, delta.target())) {
                    moved.origin(delta, member)
                            .ifPresent(from -> plan.note(
                                    delta.name(),
                                    LiftReasons.warning(
                                            "state-not-moved",
                                            member.text(),
                                            "begins with its initial value: what the base keeps in " + from
                                                    + ", which is removed, stays there")));
                }
            }
        }
    }

    private static boolean isState(MemberId member, ClassShape shape) {
        int flags = shape.flags(member);
        return !member.isMethod() && (flags & NO_STATE) == 0 && (flags & CONSTANT) != CONSTANT;
    }

    /** The removed field that an added one stands for, as far as declarations tell. */
    private Optional<String> origin(Delta delta, MemberId added) {
        Optional<String> here = removed(delta, added, true);
        for (Delta above = above(delta); here.isEmpty() && above != null; above = above(above)) {
            here = removed(above, added, false);
        }
        return here.isPresent() ? here : below(delta, added);
    }

    private Optional<String> below(Delta delta, MemberId added) {
        return losers.getOrDefault(added, List.of()).stream()
                .filter(other -> isAbove(delta, other))
                .flatMap(other -> removed(other, added, false).stream())
                .sorted()
                .findFirst();
    }

    private boolean isAbove(Delta delta, Delta other) {
        for (Delta above = above(other); above != null; above = above(above)) {
            if (above.name().equals(delta.name())) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Delta above(Delta delta) {
        return deltas.get(String.valueOf(delta.target().superName()));
    }

    private static Optional<String> removed(Delta delta, MemberId added, boolean sameClass) {
        return delta.removed().stream()
                .filter(member -> isState(member, delta.base()) && member.isStatic() == added.isStatic())
                .filter(member -> {
                    boolean name = member.name().equals(added.name());
                    boolean type = member.desc().equals(added.desc());
                    return sameClass ? name || type : name && type;
                })
                .map(member -> delta.name().replace('/', '.') + "." + member.text())
                .findFirst();
    }
}
