package dev.hotpatch.systemtests.programs.generate;

import java.util.Optional;
import java.util.Random;

/** Adds classes, named and not, and changes what they are made of. For one thread. */
final class ClassEdits {
    private final Workbench bench;
    private final Program program;
    private final Random random;
    private final Builder builder;

    ClassEdits(Workbench bench) {
        this.bench = bench;
        this.program = bench.program;
        this.random = bench.random;
        this.builder = bench.builder;
    }

    boolean newClass(boolean nested) {
        Optional<Type> outer = bench.someType(t -> t.kind == Type.Kind.CLASS && t.outer == null);
        if (outer.isEmpty()) {
            return false;
        }
        Type type = nested
                ? new Type(outer.get().pack, program.name("N"), Type.Kind.CLASS, outer.get())
                : new Type(random.nextBoolean() ? "a" : "b", program.name("C"), Type.Kind.CLASS, null);
        if (nested) {
            type.isStatic = random.nextBoolean();
            type.access = builder.access();
        }
        bench.some(program.tops, t -> t.kind == Type.Kind.CLASS && !t.isFinal && !t.isSealed && random.nextBoolean())
                .filter(t -> t.isVisibleFrom(type) && t.constructors().anyMatch(c -> isCallable(c, type)))
                .ifPresent(t -> type.parent = t);
        bench.some(program.tops, t -> t.isInterface() && random.nextBoolean())
                .filter(t -> !type.isA(t))
                .ifPresent(type.interfaces::add);
        (nested ? outer.get().nested : program.tops).add(type);
        builder.field(type, false);
        Method constructor = builder.constructor(type, nested ? builder.access() : Access.PUBLIC);
        Method method = builder.signature(type, builder.access(), false);
        type.methods.add(method);
        Method second = builder.signature(type, builder.access(), type.mayHaveStatics() && random.nextBoolean());
        type.methods.add(second);
        builder.fill(constructor, random.nextInt(3));
        builder.fill(method, 1 + random.nextInt(3));
        builder.fill(second, random.nextInt(2));
        builder.implementAll(type);
        boolean called = bench.call(method);
        boolean created = bench.create(constructor);
        return bench.call(second) || created || called;
    }

    private static boolean isCallable(Method constructor, Type below) {
        return constructor.access == Access.PROTECTED || constructor.isVisibleFrom(below, false);
    }

    boolean insertOf(String one, String other) {
        return bench.insert(2, at -> {
            for (int i = 0; i < 40; i++) {
                Code code = new Statements(at).any(2).code();
                boolean wanted = code.text().contains(one) || code.text().contains(other);
                if (wanted && (!code.text().contains("Loc") || !one.equals("->"))) {
                    return Optional.of(code);
                }
            }
            return Optional.empty();
        });
    }

    boolean changeSuper() {
        return bench.someType(t -> t.kind == Type.Kind.CLASS && t.parent == null && t.outer == null)
                .flatMap(type -> {
                    Type base = new Type(type.pack, program.name("C"), Type.Kind.CLASS, null);
                    Method constructor = builder.constructor(base, Access.PUBLIC);
                    Method method = builder.signature(base, Access.PUBLIC, false);
                    base.methods.add(method);
                    program.tops.add(base);
                    type.parent = base;
                    builder.fill(method, 1);
                    builder.fill(constructor, 0);
                    type.constructors().filter(c -> c.delegate == null).forEach(c -> builder.delegate(c, constructor));
                    return Optional.of(bench.call(method));
                })
                .orElse(false);
    }

    boolean recordComponent() {
        return bench.someType(t -> t.kind == Type.Kind.RECORD)
                .map(type -> {
                    Method canonical = type.constructors().findFirst().orElseThrow();
                    program.purge(canonical);
                    Field component = new Field(type, program.name("f"), Access.PRIVATE, "int", Code.of(""));
                    component.isComponent = true;
                    component.isFinal = true;
                    type.fields.add(0, component);
                    canonical.parameters.add(0, new Variable("int", component.name));
                    return bench.create(canonical);
                })
                .orElse(false);
    }
}
