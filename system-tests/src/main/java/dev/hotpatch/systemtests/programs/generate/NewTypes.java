package dev.hotpatch.systemtests.programs.generate;

import java.util.Optional;
import java.util.Random;

/** Adds an enum, a record or an interface, and code that uses it. For one thread. */
final class NewTypes {
    private final Workbench bench;
    private final Program program;
    private final Random random;
    private final Builder builder;

    NewTypes(Workbench bench) {
        this.bench = bench;
        this.program = bench.program;
        this.random = bench.random;
        this.builder = bench.builder;
    }

    boolean add() {
        return switch (random.nextInt(program.release >= 17 ? 3 : 2)) {
            case 0 -> newEnum();
            case 1 -> newInterface();
            default -> newRecord();
        };
    }

    private Type add(Type.Kind kind, String prefix) {
        Type type = new Type(random.nextBoolean() ? "a" : "b", program.name(prefix), kind, null);
        program.tops.add(type);
        return type;
    }

    private Method method(Type owner, boolean isStatic) {
        Method method = builder.signature(owner, Access.PUBLIC, isStatic);
        owner.methods.add(method);
        builder.fill(method, random.nextInt(3));
        return method;
    }

    private boolean newEnum() {
        Type type = add(Type.Kind.ENUM, "E");
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            type.constants.add(program.name("K"));
        }
        builder.field(type, random.nextBoolean());
        Method method = method(type, random.nextBoolean());
        bench.insert(2, at -> Optional.of(new Switches(at).enumSwitch(type)));
        return bench.call(method);
    }

    private boolean newRecord() {
        Type type = add(Type.Kind.RECORD, "R");
        Method canonical = new Method(type, Method.CONSTRUCTOR, Access.PUBLIC, type.name);
        for (int i = 0; i < 2; i++) {
            String kind = Values.type(random);
            Field component = new Field(type, program.name("f"), Access.PRIVATE, kind, Code.of(""));
            component.isComponent = true;
            component.isFinal = true;
            type.fields.add(component);
            canonical.parameters.add(new Variable(kind, component.name));
        }
        type.methods.add(canonical);
        method(type, false);
        return bench.create(canonical);
    }

    /** With a method that lambdas implement, and one that calls it. */
    private boolean newInterface() {
        Type type = add(Type.Kind.INTERFACE, "I");
        Method method = new Method(type, program.name("m"), Access.PUBLIC, "int");
        method.parameters.add(new Variable("int", program.name("p")));
        method.isAbstract = true;
        type.isFunctional = true;
        type.methods.add(method);
        Method caller = method(type, false);
        String tag = program.name("L");
        return bench.insert(3, at -> {
            String name = program.name("l");
            Variable parameter = new Variable("int", program.name("x"));
            Code code = Code.fill(
                    type.path() + " " + name + " = " + parameter.name + " -> $;\nRt.t(\"" + tag + "\" + " + name + "."
                            + method.name + "(4));\n" + name + "." + caller.name + "($);",
                    at.with(parameter).of("int", 2),
                    at.arguments(caller, 1));
            code.uses().add(method);
            code.uses().add(caller);
            return Optional.of(code);
        });
    }
}
