package dev.hotpatch.systemtests.programs.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Changes of classes as such: their modifiers, the order of what they have, and that they are there. For one thread. */
final class TypeEdits {
    private final Workbench bench;
    private final Program program;
    private final Random random;

    TypeEdits(Workbench bench) {
        this.bench = bench;
        this.program = bench.program;
        this.random = bench.random;
    }

    boolean changeModifiers() {
        List<Type> all = new ArrayList<>(program.types());
        Collections.shuffle(all, random);
        return all.stream().anyMatch(this::changeModifiers);
    }

    private boolean changeModifiers(Type type) {
        if (type.kind != Type.Kind.CLASS) {
            return false;
        }
        if (type.isFinal && (type.parent == null || !type.parent.isSealed)) {
            type.isFinal = false;
            return true;
        }
        if (type.isAbstract
                && type.methods.stream().noneMatch(m -> m.isAbstract)
                && type.obligations().isEmpty()) {
            type.isAbstract = false;
            return true;
        }
        if (type.outer != null && type.access != Access.PUBLIC) {
            type.access = Access.PUBLIC;
            type.constructors().forEach(bench::create);
            return true;
        }
        return program.release >= 17 && seal(type);
    }

    private boolean seal(Type type) {
        List<Type> below = program.subtypes(type);
        boolean mayBe = type.outer == null
                && !type.isSealed
                && !below.isEmpty()
                && below.stream().allMatch(t -> t.parent == type && t.pack.equals(type.pack) && t.outer == null)
                && program.methods()
                        .flatMap(m -> m.body.stream())
                        .noneMatch(s -> s.code().text().contains("new " + type.path() + "(")
                                && s.code().text().contains("@Override"));
        type.isSealed |= mayBe;
        return mayBe;
    }

    boolean reorder() {
        return bench.someType(t -> t.kind != Type.Kind.RECORD && t.methods.size() > 2)
                .map(type -> {
                    List<Method> rest = new ArrayList<>(type.methods.stream()
                            .filter(m -> !m.isConstructor())
                            .toList());
                    Collections.shuffle(rest, random);
                    type.methods.removeAll(rest);
                    type.methods.addAll(rest);
                    // What is initialised by another field stays behind it.
                    if (type.fields.stream()
                            .allMatch(f ->
                                    f.value.uses().isEmpty() && f.block.text().isEmpty())) {
                        Collections.shuffle(type.fields, random);
                    }
                    return true;
                })
                .orElse(false);
    }

    boolean remove() {
        return bench.someType(t -> t.kind == Type.Kind.CLASS
                        && (t.parent == null || !t.parent.isSealed)
                        && program.subtypes(t).isEmpty()
                        && t.nested.stream().allMatch(n -> program.subtypes(n).isEmpty()))
                .map(type -> {
                    (type.outer == null ? program.tops : type.outer.nested).remove(type);
                    purge(type);
                    return true;
                })
                .orElse(false);
    }

    private void purge(Type type) {
        type.nested.forEach(this::purge);
        type.methods.forEach(program::purge);
        type.fields.forEach(program::purge);
    }

    boolean implementOutside() {
        return bench.someType(t -> t.kind == Type.Kind.CLASS && t.others.isEmpty())
                .map(type -> type.others.add("java.io.Serializable"))
                .orElse(false);
    }
}
