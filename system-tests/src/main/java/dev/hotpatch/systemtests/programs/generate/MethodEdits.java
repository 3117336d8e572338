package dev.hotpatch.systemtests.programs.generate;

import java.util.Optional;
import java.util.Random;

/** Changes of methods that no other class overrides, and of bodies. For one thread. */
final class MethodEdits {
    private final Workbench bench;
    private final Program program;
    private final Random random;
    private final Builder builder;

    MethodEdits(Workbench bench) {
        this.bench = bench;
        this.program = bench.program;
        this.random = bench.random;
        this.builder = bench.builder;
    }

    boolean changeBody() {
        Optional<Method> found = bench.someMethod(m -> !m.isAbstract);
        found.ifPresent(method -> {
            if (random.nextBoolean()) {
                method.version += "'";
                if (method.isMaker) {
                    method.returned = Code.of(
                            method.returned.text().replace(method.name + "|", method.tagOfMaker()),
                            method.returned.uses().toArray());
                }
            } else if (!method.isMaker && !method.result.equals("void")) {
                method.returned = builder.at(method, method.body.size()).of(method.result, 2);
            }
            int place = random.nextInt(method.body.size() + 1);
            method.body.add(place, Statement.of(new Statements(builder.at(method, place)).trace()));
        });
        return found.isPresent();
    }

    boolean addMethod(Access access, boolean isStatic) {
        Optional<Type> found = bench.someType(type ->
                isStatic ? type.mayHaveStatics() && !type.isInterface() : !type.isInterface() || program.release >= 9);
        return found.map(owner -> {
                    Method method = builder.signature(owner, access, isStatic);
                    bench.insertMember(owner, method);
                    builder.fill(method, random.nextInt(4));
                    return bench.call(method);
                })
                .orElse(false);
    }

    private boolean isNeeded(Method method) {
        return method.owner
                .ancestry()
                .anyMatch(t -> t != method.owner
                        && t.own(method.name).filter(m -> m.isAbstract).isPresent());
    }

    boolean removeMethod() {
        Optional<Method> found = bench.someMethod(m ->
                !m.isAbstract && !isNeeded(m) && !m.owner.isInterface() && !m.isMaker && m.owner.methods.size() > 1);
        found.ifPresent(method -> {
            Type owner = method.owner;
            boolean inherits = owner.inheritedBody(method.name).isPresent();
            owner.methods.remove(method);
            if (!inherits
                    || !owner.inheritedBody(method.name).orElseThrow().result.equals(method.result)) {
                program.purge(method);
            } else if (random.nextBoolean()) {
                program.purge(method);
            }
        });
        return found.isPresent();
    }

    boolean methodStaticness() {
        Optional<Method> found = bench.someMethod(m -> m.owner.kind == Type.Kind.CLASS
                && m.owner.mayHaveStatics()
                && !m.isAbstract
                && !m.isMaker
                && !m.name.equals("toString")
                && m.owner
                        .ancestry()
                        .allMatch(t -> t == m.owner || t.own(m.name).isEmpty())
                && program.subtypes(m.owner).stream()
                        .noneMatch(t -> t.own(m.name).isPresent()));
        found.ifPresent(method -> {
            program.purge(method);
            method.isStatic = !method.isStatic;
            method.isFinal = false;
            method.body.clear();
            builder.fill(method, 2);
        });
        return found.isPresent() && bench.call(found.get());
    }

    boolean signature() {
        Optional<Method> found = bench.someMethod(m -> !m.isAbstract
                && !m.isMaker
                && !m.isVarargs
                && !m.name.equals("toString")
                && m.owner
                        .ancestry()
                        .allMatch(t -> t == m.owner || t.own(m.name).isEmpty())
                && program.subtypes(m.owner).stream()
                        .noneMatch(t -> t.own(m.name).isPresent()));
        found.ifPresent(method -> {
            program.purge(method);
            if (method.parameters.isEmpty() || random.nextBoolean()) {
                method.parameters.add(
                        random.nextInt(method.parameters.size() + 1),
                        new Variable(Values.type(random), program.name("p")));
            } else {
                program.purge(method.parameters.remove(random.nextInt(method.parameters.size())));
            }
            if (random.nextBoolean()) {
                method.result = Values.type(random);
                method.returned = builder.at(method, method.body.size()).of(method.result, 2);
            }
        });
        return found.isPresent() && bench.call(found.get());
    }
}
