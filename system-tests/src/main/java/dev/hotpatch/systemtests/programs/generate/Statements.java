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
                    case 10, 11 -> Optional.of(lambda(depth - 1));
                    case 12 -> reference();
                    case 13 -> Optional.of(anonymous());
                    case 14 -> anonymousSubclass();
                    case 15 -> Optional.of(local());
                    case 16, 17 -> enumSwitch();
                    case 18 -> Optional.of(stringSwitch());
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

    private Code lambda(int depth) {
        String name = at.program.name("l");
        String tag = at.program.name("L");
        return switch (at.random.nextInt(4)) {
            case 0 ->
                Code.fill(
                        "Supplier<String> " + name + " = () -> \"" + tag + ":\" + $;\nRt.t(" + name + ".get());",
                        at.of(Values.type(at.random), DEPTH));
            case 1 -> {
                Variable parameter = new Variable("int", at.program.name("x"));
                yield Code.fill(
                        "IntUnaryOperator " + name + " = " + parameter.name + " -> $;\nRt.t(\"" + tag + "\" + " + name
                                + ".applyAsInt(5));",
                        at.with(parameter).of("int", DEPTH));
            }
            case 2 -> {
                Variable parameter = new Variable("String", at.program.name("x"));
                yield Code.fill(
                        "Function<String, Object> " + name + " = " + parameter.name + " -> {\n$\nreturn \"" + tag
                                + "\" + $;\n};\nRt.t(" + name + ".apply($));",
                        new Statements(at.with(parameter)).any(depth).code(),
                        at.with(parameter).of("String", 1),
                        at.of("String", 1));
            }
            default ->
                Code.fill(
                        "Runnable " + name + " = () -> {\n$\n};\n" + name + ".run();",
                        any(depth).code());
        };
    }

    private Optional<Code> reference() {
        List<Method> methods = at.program
                .methods()
                .filter(m -> m.result.equals("int")
                        && m.parameters.size() == 1
                        && m.parameters.get(0).type.equals("int"))
                .toList();
        return methods.isEmpty() ? Optional.empty() : reference(Program.pick(at.random, methods));
    }

    /** A method reference to a method of an int with an int result, if it can be named here. */
    Optional<Code> reference(Method method) {
        String name = at.program.name("r");
        Optional<Code> target = method.isStatic
                ? at.call(method, 0).map(call -> Code.of(method.owner.path(), method))
                : at.holder(method).map(self -> Code.of(self, method));
        return target.map(code -> Code.fill(
                "IntUnaryOperator " + name + " = $::" + method.name + ";\nRt.t(" + name + ".applyAsInt(3));", code));
    }

    private Code anonymous() {
        String name = at.program.name("n");
        String tag = at.program.name("A");
        String field = at.program.name("f");
        Code made = Code.fill(
                "new Rt.Named() {\nprivate int " + field + " = $;\n@Override public String name() { return \"" + tag
                        + ":\" + " + field + "++ + $; }\n}",
                capturedNumber(),
                captured());
        return Code.fill("Rt.Named " + name + " = $;\nRt.t(" + name + ".name() + " + name + ".name());", made);
    }

    /** A value that a local or anonymous class captures; no plain {@code this}, which would mean the class itself. */
    private Code captured() {
        List<Code> parts = new ArrayList<>();
        // An array would print its identity.
        at.variables.stream()
                .filter(variable -> !variable.type.equals("int[]") && !variable.type.equals("T"))
                .forEach(variable -> parts.add(Code.of(variable.name, variable)));
        at.program
                .fields()
                .forEach(field -> at.holder(field).ifPresent(self -> {
                    if (!field.isStatic && Values.TYPES.contains(field.type)) {
                        String path = self.equals("this") ? at.type.path() + ".this" : self;
                        parts.add(Code.of(path + "." + field.name, field));
                    }
                }));
        return parts.isEmpty() ? Code.of("\"none\"") : Code.fill("(\"\" + $)", Program.pick(at.random, parts));
    }

    private Code capturedNumber() {
        List<Variable> numbers =
                at.variables.stream().filter(v -> v.type.equals("int")).toList();
        if (numbers.isEmpty()) {
            return Code.of(Values.literal("int", at.random));
        }
        Variable number = Program.pick(at.random, numbers);
        return Code.of(number.name, number);
    }

    private Optional<Code> anonymousSubclass() {
        List<Method> methods = at.program
                .methods()
                .filter(m -> !m.isConstructor() && !m.isStatic && !m.isFinal && !m.isAbstract && !m.isMaker)
                .filter(m -> m.access == Access.PUBLIC && m.owner.kind == Type.Kind.CLASS && !m.isVarargs)
                .filter(m -> !m.owner.isFinal && !m.owner.isSealed && !m.owner.isAbstract && !m.result.equals("void"))
                .toList();
        return methods.isEmpty() ? Optional.empty() : anonymousSubclass(Program.pick(at.random, methods));
    }

    /** An anonymous subclass that overrides a method, if its class can be made here. */
    Optional<Code> anonymousSubclass(Method method) {
        String tag = at.program.name("S");
        return at.creation(method.owner, 1)
                .filter(made -> !made.text().isEmpty())
                .map(made -> {
                    StringBuilder names = new StringBuilder();
                    method.parameters.forEach(
                            p -> names.append(names.isEmpty() ? "" : ", ").append(p.name));
                    Code call = Code.fill(
                            "Rt.t($ {\n@Override public " + method.result + " " + method.name + "("
                                    + Printer.parameters(method) + ") { Rt.t(\"" + tag + "\" + $); return super."
                                    + method.name
                                    + "(" + names + "); }\n}." + method.name + "($));",
                            made,
                            captured(),
                            at.arguments(method, 1));
                    call.uses().add(method);
                    return call;
                });
    }

    private Code local() {
        String name = at.program.name("Loc");
        String field = at.program.name("f");
        return Code.fill(
                "class " + name + " {\nprivate int " + field + " = $;\nprivate String go(int n) { return \"" + name
                        + "\" + n + " + field + " + $; }\n}\nRt.t(new " + name + "().go($));",
                capturedNumber(),
                captured(),
                at.of("int", 1));
    }

    private Optional<Code> enumSwitch() {
        List<Type> enums = at.program.types().stream()
                .filter(t -> t.kind == Type.Kind.ENUM && t.isVisibleFrom(at.type))
                .toList();
        return enums.isEmpty() ? Optional.empty() : Optional.of(enumSwitch(Program.pick(at.random, enums)));
    }

    /** A switch on an enum, as a statement or as an expression. */
    Code enumSwitch(Type type) {
        List<String> constants = type.constants;
        String value = type.path() + ".values()[Math.floorMod($, " + type.path() + ".values().length)]";
        String first = constants.get(0);
        String last = constants.get(constants.size() - 1);
        if (at.program.release >= 17 && at.random.nextBoolean()) {
            return Code.fill(
                    "Rt.t(switch (" + value + ") {\ncase " + last + " -> \"" + at.program.name("K")
                            + "\" + $;\ndefault -> \"other\" + $;\n});",
                    at.of("int", 1),
                    at.of("int", 1),
                    at.of("String", 1));
        }
        return Code.fill(
                "switch (" + value + ") {\ncase " + first + ": Rt.t(\"" + at.program.name("K") + "\"); break;\n"
                        + (first.equals(last) ? "" : "case " + last + ": Rt.t($);\n") + "default: Rt.t($);\n}",
                first.equals(last)
                        ? new Code[] {at.of("int", 1), at.of("int", 1)}
                        : new Code[] {at.of("int", 1), at.of("String", 1), at.of("int", 1)});
    }

    private Code stringSwitch() {
        return Code.fill(
                "switch (Rt.cut($, 2)) {\ncase \"s1\": case \"s2\": Rt.t($); break;\ncase \"ab\": Rt.t($);\n"
                        + "default: Rt.t(\"dflt\");\n}",
                at.of("String", 1),
                at.of("int", 1),
                at.of("long", 1));
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
