package dev.hotpatch.systemtests.programs.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes local and anonymous classes that compile at one place of a program. For one thread. */
final class LocalClasses {
    private final Expressions at;

    LocalClasses(Expressions at) {
        this.at = at;
    }

    Code anonymous() {
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

    Optional<Code> anonymousSubclass() {
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

    Code local() {
        String name = at.program.name("Loc");
        String field = at.program.name("f");
        return Code.fill(
                "class " + name + " {\nprivate int " + field + " = $;\nprivate String go(int n) { return \"" + name
                        + "\" + n + " + field + " + $; }\n}\nRt.t(new " + name + "().go($));",
                capturedNumber(),
                captured(),
                at.of("int", 1));
    }
}
