package dev.hotpatch.systemtests.programs.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Adds methods that are inherited, overridden or override. For one thread. */
final class OverrideEdits {
    private final Workbench bench;
    private final Program program;
    private final Random random;
    private final Builder builder;

    OverrideEdits(Workbench bench) {
        this.bench = bench;
        this.program = bench.program;
        this.random = bench.random;
        this.builder = bench.builder;
    }

    boolean addVirtual() {
        Optional<Type> found = bench.someClass();
        return found.map(owner -> {
                    Access access = Program.pick(
                            random, List.of(Access.PACKAGE, Access.PROTECTED, Access.PUBLIC, Access.PUBLIC));
                    Method method = builder.signature(owner, access, false);
                    bench.insertMember(owner, method);
                    method.isAbstract = owner.isAbstract && random.nextBoolean();
                    if (method.isAbstract) {
                        method.isSynchronized = false;
                        method.access = Access.PUBLIC;
                    }
                    builder.fill(method, random.nextInt(3));
                    for (Type below : program.subtypes(owner)) {
                        boolean must = method.isAbstract
                                && !below.isAbstract
                                && below.implementation(method.name).isEmpty();
                        boolean may = method.isVisibleFrom(below, true) && random.nextInt(3) == 0;
                        if (below.own(method.name).isEmpty() && (must || may)) {
                            overrideWithSuper(ProgramGenerator.nearest(below, method), below);
                        }
                    }
                    boolean called = bench.call(method);
                    if (method.access == Access.PUBLIC && !method.result.equals("void")) {
                        bench.insert(
                                1,
                                at -> owner.isVisibleFrom(at.type)
                                        ? new Statements(at).polymorphic(method)
                                        : Optional.empty());
                    }
                    return called;
                })
                .orElse(false);
    }

    Method overrideWithSuper(Method above, Type owner) {
        Method method = builder.override(above, owner);
        builder.fill(method, random.nextInt(2));
        owner.inheritedBody(above.name).ifPresent(body -> {
            if (random.nextInt(3) > 0) {
                StringBuilder names = new StringBuilder();
                method.parameters.forEach(
                        p -> names.append(names.isEmpty() ? "" : ", ").append(p.name));
                String call = "super." + method.name + "(" + names + ")";
                method.body.add(Statement.of(
                        Code.of(method.result.equals("void") ? call + ";" : "Rt.t(\"super \" + " + call + ");", body)));
            }
        });
        return method;
    }

    boolean addOverride() {
        List<Type> owners = new ArrayList<>(program.types());
        Collections.shuffle(owners, random);
        for (Type owner : owners) {
            Type parent = owner.kind == Type.Kind.CLASS ? owner.parent : null;
            List<Type> above = new ArrayList<>(owner.interfaces);
            if (parent != null) {
                above.add(parent);
            }
            Optional<Method> found = bench.some(
                    above.stream()
                            .flatMap(Type::ancestry)
                            .flatMap(t -> t.methods.stream())
                            .toList(),
                    m -> !m.isStatic
                            && !m.isFinal
                            && !m.isConstructor()
                            && !m.isMaker
                            && m.access != Access.PRIVATE
                            && owner.own(m.name).isEmpty()
                            && m.isVisibleFrom(owner, true)
                            && !owner.isInterface());
            if (found.isPresent()) {
                Method method = overrideWithSuper(ProgramGenerator.nearest(owner, found.get()), owner);
                // Overrides further down must still fit.
                for (Type below : program.subtypes(owner)) {
                    below.own(method.name).ifPresent(m -> {
                        m.access = m.access.compareTo(method.access) < 0 ? method.access : m.access;
                        if (!m.result.equals(method.result)) {
                            program.purge(m);
                        }
                        m.result = method.result;
                        if (method.result.equals("String")) {
                            m.returned = Code.of("\"narrowed\"");
                        }
                    });
                }
                return true;
            }
        }
        return false;
    }

    boolean overrideOutside() {
        return bench.someType(
                        t -> t.kind == Type.Kind.CLASS && t.own("toString").isEmpty())
                .map(owner -> {
                    Method method = new Method(owner, "toString", Access.PUBLIC, "String");
                    owner.methods.add(method);
                    method.returned = Code.of("\"I am " + owner.name + "\"");
                    return true;
                })
                .orElse(false);
    }

    boolean addDefault() {
        return bench.someType(Type::isInterface)
                .map(owner -> {
                    Method method = builder.signature(owner, Access.PUBLIC, false);
                    bench.insertMember(owner, method);
                    method.isAbstract = random.nextInt(4) == 0 && !owner.isFunctional;
                    builder.fill(method, random.nextInt(3));
                    for (Type below : program.subtypes(owner)) {
                        boolean must = method.isAbstract
                                && !below.isAbstract
                                && !below.isInterface()
                                && below.implementation(method.name).isEmpty();
                        if (!below.isInterface() && (must || random.nextInt(4) == 0)) {
                            Method override = builder.override(ProgramGenerator.nearest(below, method), below);
                            builder.fill(override, 1);
                        }
                    }
                    boolean called = bench.call(method);
                    if (!method.result.equals("void")) {
                        called |= bench.insert(1, at -> new Statements(at).polymorphic(method));
                    }
                    return called;
                })
                .orElse(false);
    }
}
