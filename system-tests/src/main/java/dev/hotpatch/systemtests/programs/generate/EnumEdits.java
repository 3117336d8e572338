package dev.hotpatch.systemtests.programs.generate;

import java.util.Optional;

/** Changes of enums and of switches over them. For one thread. */
final class EnumEdits {
    private final Workbench bench;
    private final Program program;

    EnumEdits(Workbench bench) {
        this.bench = bench;
        this.program = bench.program;
    }

    boolean enumSwitch() {
        return bench.someType(t -> t.kind == Type.Kind.ENUM)
                .map(type -> bench.insert(
                        2,
                        at -> type.isVisibleFrom(at.type)
                                ? Optional.of(new Switches(at).enumSwitch(type))
                                : Optional.empty()))
                .orElse(false);
    }

    boolean enumConstant() {
        return bench.someType(t -> t.kind == Type.Kind.ENUM)
                .map(type -> {
                    // Added constants come last in a running JVM, wherever they are in the source.
                    type.constants.add(program.name("K"));
                    return bench.insert(
                            2,
                            at -> type.isVisibleFrom(at.type)
                                    ? Optional.of(new Switches(at).enumSwitch(type))
                                    : Optional.empty());
                })
                .orElse(false);
    }
}
