package dev.hotpatch.systemtests.programs.generate;

import java.util.List;
import java.util.Optional;

/** Writes lambdas and method references that compile at one place of a program. For one thread. */
final class Lambdas {
    private static final int DEPTH = 2;

    private final Expressions at;

    Lambdas(Expressions at) {
        this.at = at;
    }

    Code lambda(int depth) {
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
                        new Statements(at).any(depth).code());
        };
    }

    Optional<Code> reference() {
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
}
