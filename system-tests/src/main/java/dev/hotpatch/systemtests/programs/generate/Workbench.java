package dev.hotpatch.systemtests.programs.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;

/** What all changes are made with: finds a place for one, and writes code that uses what is changed. For one thread. */
final class Workbench {
    final Program program;
    final Random random;
    final Builder builder;

    Workbench(Program program, Random random) {
        this.program = program;
        this.random = random;
        this.builder = new Builder(program, random);
    }

    <T> Optional<T> some(List<T> all, Predicate<T> wanted) {
        List<T> fitting = all.stream().filter(wanted).toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(Program.pick(random, fitting));
    }

    Optional<Type> someType(Predicate<Type> wanted) {
        return some(program.types(), wanted);
    }

    Optional<Type> someClass() {
        return someType(type -> type.kind == Type.Kind.CLASS);
    }

    Optional<Method> someMethod(Predicate<Method> wanted) {
        return some(program.methods().toList(), m -> !m.isConstructor() && wanted.test(m));
    }

    Optional<Field> someField(Predicate<Field> wanted) {
        return some(program.fields().toList(), f -> !f.isComponent && wanted.test(f));
    }

    /** Inserts into up to three bodies a statement that a function writes where it can. */
    boolean insert(int times, Function<Expressions, Optional<Code>> writer) {
        List<Method> bodies = new ArrayList<>(program.methods()
                .filter(m -> !m.isAbstract
                        && (!m.isConstructor() || m.owner.kind == Type.Kind.CLASS)
                        && (m.owner.kind != Type.Kind.RECORD || !m.isConstructor()))
                .toList());
        int done = 0;
        for (int i = 0; i < 60 && done < times && !bodies.isEmpty(); i++) {
            Method method = Program.pick(random, bodies);
            int place = random.nextInt(method.body.size() + 1);
            Optional<Code> code = writer.apply(builder.at(method, place));
            if (code.isPresent()) {
                method.body.add(place, Statement.of(code.get()));
                done++;
            }
        }
        return done > 0;
    }

    void insertMember(Type owner, Method method) {
        owner.methods.add(random.nextInt(owner.methods.size() + 1), method);
    }

    /** Calls a method from a few bodies, directly or in a lambda. */
    boolean call(Method method) {
        insert(
                3,
                at -> at.call(method, 1).map(call -> {
                    if (method.result.equals("void")) {
                        return Code.fill(random.nextInt(3) == 0 ? "((Runnable) () -> $).run();" : "$;", call);
                    }
                    String lambda = program.name("l");
                    return random.nextInt(3) > 0
                            ? Code.fill("Rt.t($);", call)
                            : Code.fill(
                                    "Supplier<Object> " + lambda + " = () -> \"" + program.name("L") + "\" + $;\nRt.t("
                                            + lambda + ".get());",
                                    call);
                }));
        return true;
    }

    boolean use(Field field) {
        // A lambda itself prints another text each time.
        String value = field.type.equals(Values.MAKER) ? "$.get()" : "$";
        insert(2, at -> at.read(field).map(name -> Code.fill("Rt.t(\"" + field.name + "\" + " + value + ");", name)));
        if (field.isAssigned) {
            insert(1, at -> new Statements(at).assignment(field));
            insert(
                    1,
                    at -> at.read(field).map(name -> {
                        String lambda = program.name("l");
                        return Code.fill(
                                "Supplier<Object> " + lambda + " = () -> \"" + program.name("L") + "\" + " + value
                                        + ";\nRt.t(" + lambda + ".get());",
                                name);
                    }));
        }
        return true;
    }

    boolean create(Method constructor) {
        insert(
                2,
                at -> at.creation(constructor, 1)
                        .flatMap(made -> some(
                                        constructor.owner.methods,
                                        m -> !m.isConstructor()
                                                && !m.isStatic
                                                && !m.isMaker
                                                && !m.result.equals("void")
                                                && m.isVisibleFrom(at.type, false))
                                .map(m -> {
                                    Code code = Code.fill("Rt.t($." + m.name + "($));", made, at.arguments(m, 1));
                                    code.uses().add(m);
                                    return code;
                                })));
        return true;
    }
}
