package dev.hotpatch.systemtests.programs.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes statements that compile at one place of a program. For one thread. */
final class Statements {
    private static final int DEPTH = 2;

    private final Expressions at;

    Statements(Expressions at) {
        this.at = at;
    }

    /** Some statement. */
    Statement any(int depth) {
        int choice = at.random.nextInt(24);
        if (choice < 3) {
            return declaration();
        }
        Optional<Code> code = depth <= 0
                ? Optional.empty()
                : switch (choice) {
                    case 3, 4, 5 -> assignment();
                    case 6 -> Optional.of(branch(depth - 1));
                    case 7 -> Optional.of(loop(depth - 1));
                    case 8, 9 -> Optional.of(attempt(depth - 1));
                    case 10, 11 -> Optional.of(new Lambdas(at).lambda(depth - 1));
                    case 12 -> new Lambdas(at).reference();
                    case 13 -> Optional.of(new LocalClasses(at).anonymous());
                    case 14 -> new LocalClasses(at).anonymousSubclass();
                    case 15 -> Optional.of(new LocalClasses(at).local());
                    case 16, 17 -> new Switches(at).enumSwitch();
                    case 18 -> Optional.of(new Switches(at).stringSwitch());
                    case 19 -> polymorphic();
                    case 20 -> Optional.of(synchronizedBlock(depth - 1));
                    case 21 -> Optional.of(raise());
                    default -> Optional.empty();
                };
        return Statement.of(code.orElseGet(this::trace));
    }

    Code trace() {
        return Code.fill("Rt.t($);", at.of(Values.type(at.random), DEPTH));
    }

    private Statement declaration() {
        Variable variable = new Variable(Values.type(at.random), at.program.name("v"));
        Code code = Code.fill(variable.type + " " + variable.name + " = $;", at.of(variable.type, DEPTH));
        return new Statement(code, List.of(variable));
    }

    private Optional<Code> assignment() {
        List<Field> fields = at.program
                .fields()
                .filter(field -> field.isAssigned && at.read(field).isPresent())
                .toList();
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        return assignment(Program.pick(at.random, fields));
    }

    /** Assigns to a field, if it can be named here. */
    Optional<Code> assignment(Field field) {
        return at.read(field).map(name -> {
            boolean number = field.type.equals("int") || field.type.equals("long");
            return switch (number ? at.random.nextInt(3) : 2) {
                case 0 -> Code.fill("$++;", name);
                case 1 -> Code.fill("$ += $;", name, at.of("int", 1));
                default -> Code.fill("$ = $;", name, at.of(field.type, DEPTH));
            };
        });
    }

    private Code branch(int depth) {
        return Code.fill(
                "if ($) {\n$\n} else {\n$\n}",
                at.of("boolean", 1),
                any(depth).code(),
                any(depth).code());
    }

    private Code loop(int depth) {
        String counter = at.program.name("i");
        // A counter changes, so lambdas must not see it; a copy of it may be captured.
        Variable copy = new Variable("int", at.program.name("v"));
        Code body = new Statements(at.with(copy)).any(depth).code();
        return Code.fill(
                "for (int " + counter + " = 0; " + counter + " < 2; " + counter + "++) {\nint " + copy.name + " = "
                        + counter + " + 1;\n$\n}",
                body);
    }

    private Code attempt(int depth) {
        return Code.fill(
                "try {\nif ($) throw new IllegalStateException($);\n$\n} catch (IllegalStateException e) {\n"
                        + "Rt.t(\"caught \" + e.getMessage());\n} finally {\n$\n}",
                at.of("boolean", 1),
                at.of("String", 1),
                any(depth).code(),
                trace());
    }

    private Code raise() {
        return Code.fill("if ($ % 7 == 3) throw new IllegalStateException($);", at.of("int", 1), at.of("String", 1));
    }

    private Optional<Code> polymorphic() {
        List<Method> methods = at.program
                .methods()
                .filter(m -> !m.isConstructor() && !m.isStatic && m.access == Access.PUBLIC && !m.isMaker)
                .filter(m -> m.owner.outer == null && m.owner.isVisibleFrom(at.type) && !m.result.equals("void"))
                .toList();
        return methods.isEmpty() ? Optional.empty() : polymorphic(Program.pick(at.random, methods));
    }

    /** Calls a method on objects of several classes. */
    Optional<Code> polymorphic(Method method) {
        List<Code> objects = new ArrayList<>();
        for (Type type : at.program.types()) {
            if (type.isA(method.owner)) {
                at.creation(type, 1).ifPresent(objects::add);
            }
        }
        if (objects.isEmpty()) {
            return Optional.empty();
        }
        Code all = objects.get(0);
        for (Code next : objects.subList(1, objects.size())) {
            all = Code.fill("$, $", all, next);
        }
        String name = at.program.name("o");
        Code call = Code.fill(
                "for (Object " + name + " : new Object[] {$}) {\nRt.t(((" + method.owner.use() + ") " + name + ")."
                        + method.name + "($));\n}",
                all,
                at.arguments(method, 1));
        call.uses().add(method);
        return Optional.of(call);
    }

    private Code synchronizedBlock(int depth) {
        return Code.fill(
                "synchronized (" + (at.isStatic ? "Rt.class" : "this") + ") {\n$\n}",
                any(depth).code());
    }
}
