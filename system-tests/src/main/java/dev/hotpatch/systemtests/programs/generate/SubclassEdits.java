package dev.hotpatch.systemtests.programs.generate;

import java.util.Optional;

/** Adds classes below one that was not meant to have such. For one thread. */
final class SubclassEdits {
    private final Workbench bench;
    private final Program program;
    private final Builder builder;

    SubclassEdits(Workbench bench) {
        this.bench = bench;
        this.program = bench.program;
        this.builder = bench.builder;
    }

    /** A new class overrides a method that was final. */
    boolean overrideFinal() {
        Optional<Method> found =
                bench.someMethod(m -> m.isFinal && !m.isStatic && !m.isMaker && mayHaveSubclass(m.owner));
        found.ifPresent(method -> {
            method.isFinal = false;
            Type below = below(method.owner);
            new OverrideEdits(bench).overrideWithSuper(method, below);
            use(below, method);
        });
        return found.isPresent();
    }

    /** A final class is so no longer, and a new class stands below it. */
    boolean belowFinal() {
        return bench.someType(t -> t.kind == Type.Kind.CLASS && t.outer == null && t.isFinal && isExtensible(t))
                .map(above -> {
                    above.isFinal = false;
                    return subclass(above);
                })
                .orElse(false);
    }

    /** A sealed class permits one more. */
    boolean permitMore() {
        return bench.someType(t -> t.isSealed && isExtensible(t))
                .map(this::subclass)
                .orElse(false);
    }

    private boolean subclass(Type above) {
        Type below = below(above);
        Method method = builder.signature(below, Access.PUBLIC, false);
        below.methods.add(method);
        builder.fill(method, 1);
        use(below, method);
        return true;
    }

    private static boolean mayHaveSubclass(Type type) {
        return type.kind == Type.Kind.CLASS
                && type.outer == null
                && !type.isFinal
                && !type.isSealed
                && isExtensible(type);
    }

    private static boolean isExtensible(Type type) {
        return type.constructors().anyMatch(c -> c.access != Access.PRIVATE);
    }

    private Type below(Type above) {
        Type below = new Type(above.pack, program.name("C"), Type.Kind.CLASS, null);
        below.parent = above;
        below.isFinal = above.isSealed;
        program.tops.add(below);
        builder.fill(builder.constructor(below, Access.PUBLIC), 0);
        builder.implementAll(below);
        return below;
    }

    private void use(Type below, Method method) {
        bench.call(method);
        below.constructors().findFirst().ifPresent(bench::create);
        if (method.access == Access.PUBLIC && !method.result.equals("void")) {
            bench.insert(1, at -> new Statements(at).polymorphic(method));
        }
    }
}
