package dev.hotpatch.systemtests.programs.generate;

import java.util.List;
import java.util.Optional;

/** Writes switches that compile at one place of a program. For one thread. */
final class Switches {
    private final Expressions at;

    Switches(Expressions at) {
        this.at = at;
    }

    Optional<Code> enumSwitch() {
        List<Type> enums = at.program.types().stream()
                .filter(t -> t.kind == Type.Kind.ENUM && t.isVisibleFrom(at.type))
                .toList();
        return enums.isEmpty() ? Optional.empty() : Optional.of(enumSwitch(Program.pick(at.random, enums)));
    }

    /** A switch on an enum, as a statement or as an expression. */
    Code enumSwitch(Type type) {
        List<String> constants = type.constants;
        String value = type.path() + ".values()[Math.floorMod($, " + type.path() + ".values().length)]";
        String first = constants.get(0);
        String last = constants.get(constants.size() - 1);
        if (at.program.release >= 17 && at.random.nextBoolean()) {
            return Code.fill(
                    "Rt.t(switch (" + value + ") {\ncase " + last + " -> \"" + at.program.name("K")
                            + "\" + $;\ndefault -> \"other\" + $;\n});",
                    at.of("int", 1),
                    at.of("int", 1),
                    at.of("String", 1));
        }
        return Code.fill(
                "switch (" + value + ") {\ncase " + first + ": Rt.t(\"" + at.program.name("K") + "\"); break;\n"
                        + (first.equals(last) ? "" : "case " + last + ": Rt.t($);\n") + "default: Rt.t($);\n}",
                first.equals(last)
                        ? new Code[] {at.of("int", 1), at.of("int", 1)}
                        : new Code[] {at.of("int", 1), at.of("String", 1), at.of("int", 1)});
    }

    Code stringSwitch() {
        return Code.fill(
                "switch (Rt.cut($, 2)) {\ncase \"s1\": case \"s2\": Rt.t($); break;\ncase \"ab\": Rt.t($);\n"
                        + "default: Rt.t(\"dflt\");\n}",
                at.of("String", 1),
                at.of("int", 1),
                at.of("long", 1));
    }
}
