package dev.hotpatch.systemtests.programs.generate;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;

/** Changes of access and finality. For one thread. */
final class ModifierEdits {
    private final Workbench bench;
    private final Program program;
    private final Random random;

    ModifierEdits(Workbench bench) {
        this.bench = bench;
        this.program = bench.program;
        this.random = bench.random;
    }

    boolean widen() {
        Optional<Field> field = bench.someField(f -> !f.owner.isInterface() && f.access != Access.PUBLIC);
        Optional<Method> method = bench.someMethod(m -> m.access != Access.PUBLIC
                && !m.owner.isInterface()
                && program.subtypes(m.owner).stream()
                        .noneMatch(t -> t.own(m.name).isPresent()));
        if (method.isPresent() && (field.isEmpty() || random.nextBoolean())) {
            Access before = method.get().access;
            method.get().access = Program.pick(
                    random,
                    EnumSet.allOf(Access.class).stream()
                            .filter(wider -> wider.compareTo(before) > 0)
                            .toList());
            return bench.call(method.get());
        }
        field.ifPresent(f -> f.access = Access.PUBLIC);
        return field.isPresent() && bench.use(field.get());
    }

    boolean narrow() {
        Optional<Field> field = bench.someField(f -> !f.owner.isInterface() && f.access != Access.PRIVATE);
        Optional<Method> method = bench.someMethod(m -> m.access != Access.PRIVATE
                && !m.isMaker
                && !m.isAbstract
                && !m.owner.isInterface()
                && m.owner
                        .ancestry()
                        .allMatch(t -> t == m.owner || t.own(m.name).isEmpty())
                && !m.name.equals("toString")
                && program.subtypes(m.owner).stream()
                        .noneMatch(t -> t.own(m.name).isPresent()));
        if (method.isPresent() && (field.isEmpty() || random.nextBoolean())) {
            program.purge(method.get());
            method.get().access = Access.PRIVATE;
            method.get().isFinal = false;
            return bench.call(method.get());
        }
        field.ifPresent(f -> {
            program.purge(f);
            f.access = Access.PRIVATE;
        });
        return field.isPresent() && bench.use(field.get());
    }

    boolean finality() {
        if (random.nextBoolean()) {
            Optional<Method> method = bench.someMethod(m -> !m.isAbstract
                    && !m.isStatic
                    && m.access != Access.PRIVATE
                    && !m.owner.isInterface()
                    && program.subtypes(m.owner).stream()
                            .noneMatch(t -> t.own(m.name).isPresent()));
            method.ifPresent(m -> {
                program.purge(m);
                m.isFinal = !m.isFinal;
                m.isSynchronized = !m.isSynchronized;
            });
            return method.isPresent() && (method.get().isMaker || bench.call(method.get()));
        }
        Optional<Field> field = bench.someField(
                f -> f.owner.kind == Type.Kind.CLASS && !f.value.text().isEmpty());
        field.ifPresent(f -> {
            program.purge(f);
            f.isFinal = !f.isFinal;
            f.isAssigned = !f.isFinal;
        });
        return field.isPresent() && bench.use(field.get());
    }
}
