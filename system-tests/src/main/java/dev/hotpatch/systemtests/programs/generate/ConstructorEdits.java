package dev.hotpatch.systemtests.programs.generate;

import java.util.Optional;
import java.util.Random;

/** Changes of constructors. For one thread. */
final class ConstructorEdits {
    private final Workbench bench;
    private final Program program;
    private final Random random;
    private final Builder builder;

    ConstructorEdits(Workbench bench) {
        this.bench = bench;
        this.program = bench.program;
        this.random = bench.random;
        this.builder = bench.builder;
    }

    boolean addConstructor() {
        return bench.someClass()
                .map(owner -> {
                    Method constructor = builder.constructor(owner, builder.access());
                    if (random.nextInt(3) == 0) {
                        bench.some(owner.methods, m -> m.isConstructor() && m != constructor)
                                .ifPresent(other -> builder.delegate(constructor, other));
                    }
                    builder.fill(constructor, random.nextInt(3));
                    boolean used = bench.create(constructor);
                    for (Type below : program.subtypes(owner)) {
                        if (below.parent == owner && constructor.isVisibleFrom(below, false) && random.nextBoolean()) {
                            Method more = builder.constructor(below, builder.access());
                            builder.delegate(more, constructor);
                            builder.fill(more, random.nextInt(2));
                            used |= bench.create(more);
                        }
                    }
                    return used;
                })
                .orElse(false);
    }

    private boolean isDelegatedTo(Method constructor) {
        return program.methods().anyMatch(m -> m.delegate == constructor);
    }

    boolean removeConstructor() {
        Optional<Method> found = bench.some(
                program.methods().toList(),
                m -> m.isConstructor()
                        && m.owner.kind == Type.Kind.CLASS
                        && m.owner.constructors().count() > 1
                        && !isDelegatedTo(m));
        found.ifPresent(constructor -> {
            constructor.owner.methods.remove(constructor);
            program.purge(constructor);
        });
        return found.isPresent();
    }
}
